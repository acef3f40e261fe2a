from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps

_DECLARING = ("events", "queries", "tasks", "gates", "proofs", "waiting", "again")


class ThreadConfig(AppConfig):
    name = "goldenthread.thread"
    label = "thread"

    def ready(self) -> None:
        """Let every room declare its events, rounds, gates, and what is done again on restoring."""
        for room in apps.get_app_configs():
            if room.name.startswith("goldenthread."):
                for part in _DECLARING:
                    if find_spec(f"{room.name}.{part}"):
                        import_module(f"{room.name}.{part}")
