from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    name = "goldenthread.safety.release"
    label = "release"
