from django.urls import path

from goldenthread.listen.surveys.urls_results import after_asking
from goldenthread.listen.surveys.views import answering, building, opening

app_name = "surveys"
STAFF = "p/<slug:project>/surveys/"
ONE = f"{STAFF}<uuid:survey>/"
ANSWER = "p/<slug:project>/survey/<uuid:survey>/"
urlpatterns = [
    *after_asking,
    path(STAFF, building.surveys, name="list"),
    path(f"{STAFF}new/", building.begin, name="begin"),
    path(ONE, building.survey, name="survey"),
    path(f"{ONE}about/", building.about, name="about"),
    path(f"{ONE}copy/", building.copy, name="copy"),
    path(f"{ONE}drop/", building.drop, name="drop"),
    path(f"{ONE}preview/", building.preview, name="preview"),
    path(f"{ONE}add/<slug:kind>/", building.add, name="add"),
    path(f"{ONE}questions/<uuid:question>/", building.question, name="question"),
    path(f"{ONE}questions/<uuid:question>/move/", building.move, name="move"),
    path(f"{ONE}open/", opening.open_survey, name="open"),
    path(f"{ONE}close/", opening.close_survey, name="close"),
    path(f"{ONE}codes/", opening.codes, name="codes"),
    path("survey/", answering.door, name="door"),
    path(ANSWER, answering.start, name="start"),
    path(f"{ANSWER}<int:part>/", answering.part, name="part"),
    path(f"{ANSWER}check/", answering.check, name="check"),
    path(f"{ANSWER}thanks/", answering.thanks, name="thanks"),
]
