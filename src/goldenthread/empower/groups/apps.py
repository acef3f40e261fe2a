from django.apps import AppConfig


class GroupsConfig(AppConfig):
    name = "goldenthread.empower.groups"
    label = "groups"
