from django.urls import path

from goldenthread.listen.voices.views import bringing, classes, hearing, speaking

app_name = "voices"
urlpatterns = [
    path("s/<str:short>/", speaking.short, name="short"),
    path("p/<slug:project>/speak/", speaking.speak, name="speak"),
    path("p/<slug:project>/sent/", speaking.sent, name="sent"),
    path("p/<slug:project>/ways/", hearing.all_ways, name="ways"),
    path("p/<slug:project>/board/", hearing.board, name="board"),
    path("p/<slug:project>/voices/<uuid:voice>/", hearing.voice, name="voice"),
    path(
        "p/<slug:project>/voices/<uuid:voice>/true-for-me/", hearing.true_for_me, name="true_for_me"
    ),
    path("p/<slug:project>/known/", hearing.known, name="known"),
    path("p/<slug:project>/known/<uuid:voice>/", hearing.who, name="who"),
    path("p/<slug:project>/import/", bringing.import_voices, name="import"),
    path("p/<slug:project>/paper/", bringing.paper, name="paper"),
    path("p/<slug:project>/paper/slip/", bringing.slip, name="slip"),
    path("p/<slug:project>/class/", classes.classes, name="classes"),
    path("p/<slug:project>/class/<str:class_code>/", classes.class_sheet, name="class_sheet"),
    path("c/", classes.class_door, name="class_door"),
    path("c/<str:class_code>/", classes.class_start, name="class_start"),
    path("c/<str:class_code>/speak/", classes.class_speak, name="class_speak"),
    path("c/<str:class_code>/done/", classes.class_done, name="class_done"),
    path("c/<str:class_code>/next/", classes.class_next, name="class_next"),
]
