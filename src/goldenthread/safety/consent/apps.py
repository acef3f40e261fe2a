from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "goldenthread.safety.consent"
    label = "consent"
