from django.apps import AppConfig


class OutreachConfig(AppConfig):
    name = "goldenthread.listen.outreach"
    label = "outreach"

    def ready(self) -> None:
        """Register the figures of strands, and the way to the organisers' page."""
        from goldenthread.listen.outreach import counting, offering  # noqa: F401, PLC0415
