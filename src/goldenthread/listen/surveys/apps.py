from django.apps import AppConfig


class SurveysConfig(AppConfig):
    name = "goldenthread.listen.surveys"
    label = "surveys"

    def ready(self) -> None:
        """Register the way to listen, and what waits for people."""
        from goldenthread.listen.surveys import narrowing, queries, telling  # noqa: F401, PLC0415
