from django.apps import AppConfig


class ModerationConfig(AppConfig):
    name = "goldenthread.safety.moderation"
    label = "moderation"

    def ready(self) -> None:
        """Register what waits for whom."""
        from goldenthread.safety.moderation import queries  # noqa: F401, PLC0415
