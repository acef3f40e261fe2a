from django.urls import path

from goldenthread.act.plans import views

app_name = "plans"
urlpatterns = [
    path("p/<slug:project>/plan/", views.list_actions, name="list"),
    path("p/<slug:project>/decisions/<uuid:decision>/actions/new/", views.new, name="new"),
    path("p/<slug:project>/actions/<uuid:action>/", views.action, name="action"),
    path("p/<slug:project>/actions/<uuid:action>/progress/", views.note, name="note"),
    path("p/<slug:project>/actions/<uuid:action>/done/", views.finish, name="finish"),
    path("p/<slug:project>/actions/<uuid:action>/stop/", views.stop, name="stop"),
    path("p/<slug:project>/actions/<uuid:action>/change/", views.claim, name="claim"),
    path("p/<slug:project>/changes/<uuid:change>/", views.change, name="change"),
]
