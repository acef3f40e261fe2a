from django.apps import AppConfig


class RetentionConfig(AppConfig):
    name = "goldenthread.safety.retention"
    label = "retention"
