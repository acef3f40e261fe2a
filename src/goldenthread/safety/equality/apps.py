from django.apps import AppConfig


class EqualityConfig(AppConfig):
    name = "goldenthread.safety.equality"
    label = "equality"
