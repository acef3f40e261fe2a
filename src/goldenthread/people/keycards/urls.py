from django.urls import path

from goldenthread.people.keycards import views

app_name = "keycards"
urlpatterns = [
    path("card/", views.sign_in, name="sign_in"),
    path("card/number/", views.number, name="number"),
    path("account/card/", views.own, name="own"),
]
