from django.apps import AppConfig


class ReleaseConfig(AppConfig):
    name = "goldenthread.safety.release"
    label = "release"

    def ready(self) -> None:
        """Register what moderation counts."""
        from goldenthread.safety.release import moderated  # noqa: F401, PLC0415
