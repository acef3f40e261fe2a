from django.urls import path

from goldenthread.example import views

app_name = "example"
urlpatterns = [
    path("try/<uuid:person>/", views.try_as, name="try_as"),
    path("tour/", views.go, name="tour"),
    path("tour/leave/", views.leave_tour, name="leave_tour"),
]
