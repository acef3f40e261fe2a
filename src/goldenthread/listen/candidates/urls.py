from django.urls import path

from goldenthread.listen.candidates import views

app_name = "candidates"
ALL = "p/<slug:project>/themes/candidates/"
ONE = f"{ALL}<uuid:candidate>/"
urlpatterns = [
    path(ALL, views.all_candidates, name="list"),
    path(f"{ALL}none/", views.in_none, name="none"),
    path(f"{ALL}finish/", views.finish, name="finish"),
    path(ONE, views.candidate, name="candidate"),
    path(f"{ONE}name/", views.name, name="name"),
    path(f"{ONE}merge/", views.merge, name="merge"),
    path(f"{ONE}split/", views.split, name="split"),
    path(f"{ONE}voices/", views.take_out, name="take_out"),
    path(f"{ONE}aside/", views.put_aside, name="put_aside"),
]
