from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "goldenthread.empower.meetings"
    label = "meetings"
