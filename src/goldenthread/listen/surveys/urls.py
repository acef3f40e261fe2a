from django.urls import path

from goldenthread.listen.surveys.urls_results import after_asking
from goldenthread.listen.surveys.views import answering, building, opening

app_name = "surveys"
STAFF = "p/<slug:project>/surveys/"
ONE = f"{STAFF}<uuid:survey>/"
DRAFT = f"{STAFF}<uuid:draft>/"
ANSWER = "p/<slug:project>/survey/<uuid:survey>/"
urlpatterns = [
    *after_asking,
    path(STAFF, building.surveys, name="list"),
    path(f"{STAFF}new/", building.begin, name="begin"),
    path(ONE, building.survey, name="survey"),
    path(f"{DRAFT}about/", building.about, name="about"),
    path(f"{ONE}copy/", building.copy, name="copy"),
    path(f"{DRAFT}drop/", building.drop, name="drop"),
    path(f"{ONE}preview/", building.preview, name="preview"),
    path(f"{DRAFT}add/<slug:question_kind>/", building.add, name="add"),
    path(f"{DRAFT}questions/<uuid:survey_question>/", building.question, name="question"),
    path(f"{DRAFT}questions/<uuid:survey_question>/move/", building.move, name="move"),
    path(f"{ONE}open/", opening.open_survey, name="open"),
    path(f"{ONE}close/", opening.close_survey, name="close"),
    path(f"{ONE}codes/", opening.codes, name="codes"),
    path("survey/", answering.door, name="door"),
    path(ANSWER, answering.start, name="start"),
    path(f"{ANSWER}<int:survey_part>/", answering.part, name="part"),
    path(f"{ANSWER}check/", answering.check, name="check"),
    path(f"{ANSWER}thanks/", answering.thanks, name="thanks"),
]
