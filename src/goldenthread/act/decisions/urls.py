from django.urls import path

from goldenthread.act.decisions import views

app_name = "decisions"
urlpatterns = [
    path("p/<slug:project>/decisions/", views.list_decisions, name="list"),
    path("p/<slug:project>/decisions/new/", views.new, name="new"),
    path("p/<slug:project>/decisions/<uuid:decision>/", views.decision, name="decision"),
    path("p/<slug:project>/decisions/<uuid:decision>/edit/", views.edit, name="edit"),
    path("p/<slug:project>/decisions/<uuid:decision>/publish/", views.publish, name="publish"),
    path("p/<slug:project>/decisions/<uuid:decision>/drop/", views.drop, name="drop"),
]
