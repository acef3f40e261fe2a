from django.apps import AppConfig


class GuideConfig(AppConfig):
    name = "goldenthread.guide"
    label = "guide"

    def ready(self) -> None:
        """Lead from each page to what is written about it."""
        from goldenthread.guide import linking  # noqa: F401, PLC0415
