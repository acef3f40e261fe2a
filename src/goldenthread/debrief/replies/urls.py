from django.urls import path

from goldenthread.debrief.replies import views

app_name = "replies"
urlpatterns = [
    path("p/<slug:project>/replies/", views.list_replies, name="list"),
    path("p/<slug:project>/replies/new/", views.write, name="write"),
    path("p/<slug:project>/replies/<uuid:reply>/", views.reply, name="reply"),
    path("p/<slug:project>/replies/<uuid:reply>/edit/", views.edit, name="edit"),
    path("p/<slug:project>/replies/<uuid:reply>/send/", views.send, name="send"),
    path("p/<slug:project>/replies/<uuid:reply>/drop/", views.drop, name="drop"),
    path(
        "p/<slug:project>/questions/<uuid:question>/answer/",
        views.answer_question,
        name="answer_question",
    ),
    path("p/<slug:project>/telling/", views.tell, name="telling"),
]
