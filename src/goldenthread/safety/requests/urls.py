from django.urls import path

from goldenthread.safety.requests import views, views_asking

app_name = "requests"
ALL = "o/<slug:organisation>/requests/"
ONE = f"{ALL}<uuid:asked>/"
urlpatterns = [
    path("o/<slug:organisation>/your-data/ask/", views_asking.ask, name="ask"),
    path("account/requests/", views_asking.mine, name="mine"),
    path("receipt/requests/", views_asking.behind_receipt, name="behind_receipt"),
    path("account/requests/<uuid:asked>/", views_asking.reply, name="reply"),
    path(
        "receipt/requests/<uuid:asked>/",
        views_asking.reply_behind_receipt,
        name="reply_behind_receipt",
    ),
    path(ALL, views.requests, name="list"),
    path(f"{ALL}letter/", views.letter, name="letter"),
    path(f"{ALL}controller/", views.controller, name="controller"),
    path(ONE, views.request_page, name="request"),
    path(f"{ONE}acknowledge/", views.acknowledge, name="acknowledge"),
    path(f"{ONE}pause/", views.pause, name="pause"),
    path(f"{ONE}resume/", views.resume, name="resume"),
    path(f"{ONE}extend/", views.extend, name="extend"),
    path(f"{ONE}erase/", views.carry_out, name="carry_out"),
    path(f"{ONE}hold-back/", views.hold_back, name="hold_back"),
    path(f"{ONE}use-again/", views.use_again, name="use_again"),
    path(f"{ONE}answer/", views.answer, name="answer"),
]
