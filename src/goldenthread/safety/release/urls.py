from django.urls import path

from goldenthread.safety.release import views

app_name = "release"
urlpatterns = [
    path("p/<slug:project>/figures/", views.releases, name="list"),
    path("p/<slug:project>/figures/freeze/", views.freeze, name="freeze"),
    path("p/<slug:project>/figures/first/", views.choose_early, name="choose_early"),
    path("p/<slug:project>/figures/<int:number>/first/", views.early, name="early"),
    path("p/<slug:project>/who-we-heard-from/", views.heard, name="heard"),
    path("p/<slug:project>/what-was-not-shown/", views.not_shown, name="not_shown"),
]
