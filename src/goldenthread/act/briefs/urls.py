from django.urls import path

from goldenthread.act.briefs import views

app_name = "briefs"
ALL = "p/<slug:project>/briefs/"
ONE = f"{ALL}<uuid:brief>/"
urlpatterns = [
    path(ALL, views.list_briefs, name="list"),
    path(f"{ALL}new/", views.new, name="new"),
    path(f"{ALL}delegates/", views.delegates, name="delegates"),
    path(f"{ALL}delegates/<uuid:delegation>/end/", views.end_delegation, name="end_delegation"),
    path(ONE, views.brief, name="brief"),
    path(f"{ALL}<uuid:brief>.pdf", views.pdf, name="pdf"),
    path(f"{ALL}<uuid:brief>.docx", views.word, name="docx"),
    path(f"{ONE}edit/", views.edit, name="edit"),
    path(f"{ONE}give/", views.give, name="give"),
    path(f"{ONE}take-back/", views.take_back, name="take_back"),
    path(f"{ONE}drop/", views.drop, name="drop"),
    path(f"{ONE}decide/<uuid:option>/", views.decide, name="decide"),
]
