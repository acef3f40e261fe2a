from django.apps import AppConfig


class ReadersConfig(AppConfig):
    name = "goldenthread.safety.readers"
    label = "readers"
