from django.apps import AppConfig


class RequestsConfig(AppConfig):
    name = "goldenthread.safety.requests"
    label = "requests"
