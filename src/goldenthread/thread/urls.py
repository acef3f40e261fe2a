from django.urls import path

from goldenthread.thread import views

app_name = "thread"
urlpatterns = [
    path("record/", views.record, name="record"),
    path("record/checkpoint", views.checkpoint, name="checkpoint"),
    path("record/head/<int:size>", views.head, name="head"),
    path("record/tile/<path:tile>", views.tile, name="tile"),
    path("record/entries", views.entries, name="entries"),
    path("record/keys", views.keys, name="keys"),
    path("record/witness.py", views.witness, name="witness"),
    path("record/verify.html", views.verify, name="verify"),
    path("record/give-back/", views.give_back, name="give_back"),
]
