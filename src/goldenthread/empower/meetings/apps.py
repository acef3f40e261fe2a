from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "goldenthread.empower.meetings"
    label = "meetings"

    def ready(self) -> None:
        """Register what people can report."""
        from goldenthread.empower.meetings import reporting  # noqa: F401, PLC0415
