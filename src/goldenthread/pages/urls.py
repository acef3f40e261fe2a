from django.urls import path

from goldenthread.pages import everything, views, views_record

app_name = "pages"
urlpatterns = [
    path("", views.home, name="home"),
    path("o/<slug:organisation>/", views.organisation, name="organisation"),
    path("p/<slug:project>/", views.project, name="project"),
    path("p/<slug:project>/thread/", views.thread_picture, name="thread_picture"),
    path("p/<slug:project>/stay-in-touch/", views.stay_in_touch, name="stay_in_touch"),
    path("p/<slug:project>/contacts/", views.contacts, name="contacts"),
    path("stop/<str:token>/", views.stop_news, name="stop_news"),
    path("needs-you/", views.needs_you, name="needs_you"),
    path("leave/", views.leave, name="leave"),
    path("help/", views.get_help, name="help"),
    path("what-we-keep/", views.what_we_keep, name="what_we_keep"),
    path("what-we-keep/seized/", views.seized, name="seized"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("report/", views.report, name="report"),
    path("account/everything/", everything.everything, name="everything"),
    path("account/everything/code/", everything.everything_code, name="everything_code"),
    path("receipt/everything/", everything.behind_receipt, name="behind_receipt"),
    path("receipt/", views.receipt, name="receipt"),
    path("receipt/close/", views.close_receipt, name="close_receipt"),
    path("receipt/close-for-good/", views.give_up_receipt, name="give_up_receipt"),
    path("my-voices/", views.my_voices, name="my_voices"),
    path("my-voices/<uuid:voice>/", views.my_voice, name="my_voice"),
    path("my-voices/<uuid:voice>/record/", views_record.in_the_record, name="in_the_record"),
    path("my-voices/<uuid:voice>/record/proof", views_record.proof, name="proof"),
    path("my-voices/<uuid:voice>/answer/", views.answer, name="answer"),
    path("my-voices/<uuid:voice>/object/", views.object_to, name="object"),
    path("my-voices/<uuid:voice>/appeal/", views.appeal, name="appeal"),
    path("my-voices/<uuid:voice>/take-back/", views.take_back, name="take_back"),
    path("my-voices/<uuid:voice>/keep/", views.keep, name="keep"),
    path("my-voices/<uuid:voice>/confirm/<uuid:change>/", views.confirm, name="confirm"),
]
