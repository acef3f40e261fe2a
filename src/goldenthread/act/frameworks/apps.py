from django.apps import AppConfig


class FrameworksConfig(AppConfig):
    name = "goldenthread.act.frameworks"
    label = "frameworks"

    def ready(self) -> None:
        """Register the way to the frameworks of a project."""
        from goldenthread.act.frameworks import offering  # noqa: F401, PLC0415
