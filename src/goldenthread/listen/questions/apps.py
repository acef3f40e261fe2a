from django.apps import AppConfig


class QuestionsConfig(AppConfig):
    name = "goldenthread.listen.questions"
    label = "questions"
