from importlib import import_module

from django.apps import AppConfig


class KeycardsConfig(AppConfig):
    name = "goldenthread.people.keycards"
    label = "keycards"

    def ready(self) -> None:
        """Offer signing in with a card beside the other ways."""
        import_module("goldenthread.people.keycards.ways")
