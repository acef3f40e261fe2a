from django.urls import path

from goldenthread.safety.consent import views

app_name = "consent"
urlpatterns = [
    path("consent/", views.statements, name="statements"),
    path("p/<slug:project>/quotes/", views.quotes, name="quotes"),
    path("p/<slug:project>/quotes/second/", views.second, name="second"),
    path("p/<slug:project>/quotes/<uuid:words>/", views.look, name="look"),
]
