from django.apps import AppConfig


class StartConfig(AppConfig):
    name = "goldenthread.start"
    label = "start"

    def ready(self) -> None:
        """Register the pack among what is prepared."""
        from goldenthread.start import queries  # noqa: F401, PLC0415
