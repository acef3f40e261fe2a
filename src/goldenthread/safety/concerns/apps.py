from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "goldenthread.safety.concerns"
    label = "concerns"
