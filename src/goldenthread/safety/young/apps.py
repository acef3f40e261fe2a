from django.apps import AppConfig


class YoungConfig(AppConfig):
    name = "goldenthread.safety.young"
    label = "young"
