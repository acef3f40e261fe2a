from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "goldenthread.listen.outreach"
    label = "outreach"
