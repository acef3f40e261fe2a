from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "goldenthread.listen.stories"
    label = "stories"
