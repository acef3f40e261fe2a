from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "goldenthread.organisations"
    label = "organisations"

    def ready(self) -> None:
        """Put the organisation's name, looks and help lines around every page."""
        import_module("goldenthread.organisations.surroundings")
