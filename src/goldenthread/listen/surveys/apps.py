from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "goldenthread.listen.surveys"
    label = "surveys"
