from django.urls import path

from goldenthread.safety.readers import views

app_name = "readers"
urlpatterns = [
    path("readers/", views.me, name="me"),
    path("readers/practice/", views.practice_list, name="practice"),
    path("readers/practice/<slug:practice>/", views.practice_voice, name="practice_voice"),
    path("readers/break/", views.take_a_break, name="break"),
    path("readers/<uuid:person>/load/", views.load, name="load"),
]
