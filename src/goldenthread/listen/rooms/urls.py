from django.urls import path

from goldenthread.listen.rooms.views import confirming, planning, public, rounds, running

app_name = "rooms"
urlpatterns = [
    path("r/<str:room_code>/", public.short, name="short"),
    path("p/<slug:project>/rooms/", public.all_rooms, name="list"),
    path("p/<slug:project>/rooms/new/", planning.new, name="new"),
    path("p/<slug:project>/rooms/<str:room_code>/", public.room, name="room"),
    path("p/<slug:project>/rooms/<str:room_code>/prepare/", planning.prepare, name="prepare"),
    path("p/<slug:project>/rooms/<str:room_code>/about/", planning.about, name="about"),
    path("p/<slug:project>/rooms/<str:room_code>/step/", planning.step, name="step"),
    path("p/<slug:project>/rooms/<str:room_code>/who/", running.who, name="who"),
    path("p/<slug:project>/rooms/<str:room_code>/run/", running.run, name="run"),
    path("p/<slug:project>/rooms/<str:room_code>/go/", running.go, name="go"),
    path("p/<slug:project>/rooms/<str:room_code>/read-back/", confirming.read_back, name="back"),
    path("p/<slug:project>/rooms/<str:room_code>/finish/", confirming.finish, name="finish"),
    path("p/<slug:project>/rooms/<str:room_code>/slips/", confirming.slips, name="slips"),
    path(
        "p/<slug:project>/rooms/<str:room_code>/slips/print.pdf",
        confirming.slips_pdf,
        name="slips_pdf",
    ),
    path("p/<slug:project>/rounds/", rounds.all_rounds, name="rounds"),
    path("p/<slug:project>/rounds/<uuid:class_round>/", rounds.one, name="round"),
]
