from django.apps import AppConfig


class RepliesConfig(AppConfig):
    name = "goldenthread.debrief.replies"
    label = "replies"
