from django.urls import path

from goldenthread.safety.concerns import views

app_name = "concerns"
ONE = "p/<slug:project>/concerns/<uuid:concern>/"
urlpatterns = [
    path("p/<slug:project>/reading/<uuid:words>/concern/", views.raise_concern, name="raise"),
    path("p/<slug:project>/concerns/", views.concerns, name="list"),
    path("p/<slug:project>/concerns/away/", views.away, name="away"),
    path(ONE, views.concern, name="concern"),
    path(f"{ONE}note/", views.note, name="note"),
    path(f"{ONE}write/", views.write, name="write"),
    path(f"{ONE}listen/<slug:step>/", views.step, name="step"),
    path(f"{ONE}told/", views.told, name="told"),
    path(f"{ONE}hand-over/", views.hand_over, name="hand_over"),
    path(f"{ONE}export/", views.export, name="export"),
    path(f"{ONE}close/", views.close, name="close"),
]
