from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "goldenthread.organisations"
    label = "organisations"
