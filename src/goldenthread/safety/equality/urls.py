from django.urls import path

from goldenthread.safety.equality import views

app_name = "equality"
urlpatterns = [
    path("p/<slug:project>/about-you/", views.about_you, name="about_you"),
    path("p/<slug:project>/prepare/about-people/", views.setting, name="setting"),
]
