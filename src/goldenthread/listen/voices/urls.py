from django.urls import path

from goldenthread.listen.voices.views import bringing, hearing, speaking

app_name = "voices"
urlpatterns = [
    path("s/<str:short>/", speaking.short, name="short"),
    path("p/<slug:project>/speak/", speaking.speak, name="speak"),
    path("p/<slug:project>/sent/", speaking.sent, name="sent"),
    path("p/<slug:project>/board/", hearing.board, name="board"),
    path("p/<slug:project>/voices/<uuid:voice>/", hearing.voice, name="voice"),
    path(
        "p/<slug:project>/voices/<uuid:voice>/true-for-me/", hearing.true_for_me, name="true_for_me"
    ),
    path("p/<slug:project>/known/", hearing.known, name="known"),
    path("p/<slug:project>/known/<uuid:voice>/", hearing.who, name="who"),
    path("p/<slug:project>/import/", bringing.import_voices, name="import"),
    path("p/<slug:project>/paper/", bringing.paper, name="paper"),
]
