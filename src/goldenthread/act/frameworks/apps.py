from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "goldenthread.act.frameworks"
    label = "frameworks"
