from django.urls import path

from goldenthread.empower.groups import views

app_name = "groups"
urlpatterns = [
    path("p/<slug:project>/groups/", views.all_groups, name="list"),
    path("p/<slug:project>/groups/new/", views.new, name="new"),
    path("p/<slug:project>/groups/<uuid:group>/", views.group, name="group"),
    path("p/<slug:project>/groups/<uuid:group>/edit/", views.edit, name="edit"),
    path("p/<slug:project>/groups/<uuid:group>/seats/", views.fill, name="fill"),
    path("p/<slug:project>/groups/<uuid:group>/seats/<uuid:seat>/end/", views.end, name="end"),
]
