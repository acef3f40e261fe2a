from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "goldenthread.act.decisions"
    label = "decisions"
