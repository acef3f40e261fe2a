from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "goldenthread.act.plans"
    label = "plans"
