from django.urls import path

from goldenthread.listen.questions import views

app_name = "questions"
urlpatterns = [
    path("p/<slug:project>/questions/", views.all_questions, name="list"),
    path("p/<slug:project>/questions/ask/", views.ask, name="ask"),
    path("p/<slug:project>/questions/<uuid:question>/", views.question, name="question"),
    path("p/<slug:project>/questions/<uuid:question>/end/", views.end, name="end"),
    path("p/<slug:project>/questions/<uuid:question>/close/", views.leave, name="leave"),
    path("p/<slug:project>/questions/<uuid:question>/poster.pdf", views.poster, name="poster"),
]
