from django.urls import path

from goldenthread.handover import views

app_name = "handover"
urlpatterns = [
    path("hand-over/", views.roles, name="roles"),
    path("hand-over/<uuid:role>/", views.role, name="role"),
    path("hand-over/<uuid:role>/accept/", views.accept, name="accept"),
    path("hand-over/<uuid:role>/decline/", views.decline, name="decline"),
    path("hand-over/<uuid:role>/take-back/", views.take_back, name="take_back"),
]
