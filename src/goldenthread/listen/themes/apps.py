from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "goldenthread.listen.themes"
    label = "themes"

    def ready(self) -> None:
        """Register what people can report."""
        from goldenthread.listen.themes import reporting  # noqa: F401, PLC0415
