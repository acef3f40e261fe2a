from django.apps import AppConfig


class ExampleConfig(AppConfig):
    name = "goldenthread.example"
    label = "example"
