from django.apps import AppConfig


class BriefsConfig(AppConfig):
    name = "goldenthread.act.briefs"
    label = "briefs"

    def ready(self) -> None:
        """Register the way to briefs beside the decisions."""
        from goldenthread.act.briefs import offering  # noqa: F401, PLC0415
