from importlib import import_module

from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "goldenthread.projects"
    label = "projects"

    def ready(self) -> None:
        """Let our own gates stand beside those of other rooms."""
        import_module("goldenthread.projects.readiness")
        import_module("goldenthread.projects.inviting")
