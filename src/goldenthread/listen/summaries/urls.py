from django.urls import path

from goldenthread.listen.summaries import views

app_name = "summaries"
SHORT = "p/<slug:project>/in-short/"
ONE = f"{SHORT}<uuid:sentence>/"
urlpatterns = [
    path(SHORT, views.summary, name="summary"),
    path(f"{SHORT}work/", views.work, name="work"),
    path(f"{SHORT}write/", views.write, name="write"),
    path(ONE, views.sentence, name="sentence"),
    path(f"{ONE}write/", views.reword, name="reword"),
    path(f"{ONE}show/", views.show, name="show"),
    path(f"{ONE}down/", views.take_down, name="take_down"),
    path(f"{ONE}up/", views.move_up, name="move_up"),
]
