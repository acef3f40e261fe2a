from importlib import import_module

from django.apps import AppConfig


class HandoverConfig(AppConfig):
    name = "goldenthread.handover"
    label = "handover"

    def ready(self) -> None:
        """Put roles that end, and who is asked to follow, among what needs people."""
        import_module("goldenthread.handover.waiting")
