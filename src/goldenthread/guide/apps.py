from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "goldenthread.guide"
    label = "guide"
