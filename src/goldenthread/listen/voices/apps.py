from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "goldenthread.listen.voices"
    label = "voices"

    def ready(self) -> None:
        """Register what people can report."""
        from goldenthread.listen.voices import reporting  # noqa: F401, PLC0415
