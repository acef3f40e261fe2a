from importlib import import_module

from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "goldenthread.safety.concerns"
    label = "concerns"

    def ready(self) -> None:
        """Let what waits, and what stands before a close, be known to the projects."""
        import_module("goldenthread.safety.concerns.gates")
        import_module("goldenthread.safety.concerns.waiting")
