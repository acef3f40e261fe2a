from django.apps import AppConfig


class ReadingConfig(AppConfig):
    name = "goldenthread.safety.reading"
    label = "reading"
