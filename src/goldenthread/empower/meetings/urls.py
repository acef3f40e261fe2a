from django.urls import path

from goldenthread.empower.meetings import views

app_name = "meetings"
ONE = "p/<slug:project>/meetings/<uuid:meeting>/"
urlpatterns = [
    path("p/<slug:project>/groups/<uuid:group>/meetings/new/", views.new, name="new"),
    path(ONE, views.meeting, name="meeting"),
    path(f"{ONE}edit/", views.edit, name="edit"),
    path(f"{ONE}announce/", views.announce, name="announce"),
    path(f"{ONE}cancel/", views.cancel, name="cancel"),
    path(f"{ONE}notes/", views.notes, name="notes"),
    path(f"{ONE}calendar.ics", views.calendar, name="calendar"),
    path(f"{ONE}coming/", views.coming, name="coming"),
    path(f"{ONE}check/", views.check, name="check"),
]
