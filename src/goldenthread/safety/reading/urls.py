from django.urls import path

from goldenthread.safety.reading import views, views_handing, views_hints, views_removing

app_name = "reading"
ITEM = "p/<slug:project>/reading/<uuid:words>/"
urlpatterns = [
    path("p/<slug:project>/reading/", views.queue, name="queue"),
    path("p/<slug:project>/reading/next/", views.read_next, name="next"),
    path("p/<slug:project>/reading/asked/", views.asked, name="asked"),
    path("p/<slug:project>/reading/brought-in/", views.brought_in, name="brought_in"),
    path("p/<slug:project>/reading/hand-over/", views_handing.hand_over, name="hand_over"),
    path("p/<slug:project>/reading/first-ten/", views_handing.first_ones, name="first_ones"),
    path("p/<slug:project>/reading/done/", views.done, name="done"),
    path("p/<slug:project>/reading/hints/", views_hints.hints, name="hints"),
    path(ITEM, views.item, name="item"),
    path(f"{ITEM}claim/", views.claim, name="claim"),
    path(f"{ITEM}let-go/", views.let_go, name="let_go"),
    path(f"{ITEM}lane/", views.set_lane, name="lane"),
    path(f"{ITEM}release/", views.release, name="release"),
    path(f"{ITEM}ask/", views.ask, name="ask"),
    path(f"{ITEM}second-reader/", views.pass_on, name="pass_on"),
    path(f"{ITEM}do-not-publish/", views.do_not_publish, name="do_not_publish"),
    path(f"{ITEM}remove/", views_removing.remove, name="remove"),
    path(f"{ITEM}remove/answer/", views_removing.answer, name="answer_removal"),
]
