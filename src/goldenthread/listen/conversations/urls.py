from django.urls import path

from goldenthread.listen.conversations.views import answering, arranging, files, maps

app_name = "conversations"
ONE = "p/<slug:project>/conversations/<uuid:conversation>/"
urlpatterns = [
    path("p/<slug:project>/conversations/", arranging.conversations, name="list"),
    path("p/<slug:project>/conversations/new/", arranging.new, name="new"),
    path("p/<slug:project>/conversations/import/", files.bring_in, name="import"),
    path(ONE, answering.conversation, name="conversation"),
    path(f"{ONE}answer/", answering.answer, name="answer"),
    path(f"{ONE}mine/", answering.mine, name="mine"),
    path(f"{ONE}forget/", answering.forget, name="forget"),
    path(f"{ONE}add/", answering.add, name="add"),
    path(f"{ONE}map/", maps.opinion_map, name="map"),
    path(f"{ONE}statements/", maps.statements, name="statements"),
    path(f"{ONE}over-time/", maps.over_time, name="over_time"),
    path(f"{ONE}names/", maps.names, name="names"),
    path(f"{ONE}desk/", arranging.desk, name="desk"),
    path(f"{ONE}question/", arranging.question, name="question"),
    path(f"{ONE}export/", files.take_out, name="export"),
    path(f"{ONE}act/", arranging.act, name="act"),
]
