from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "goldenthread.listen.themes"
    label = "themes"

    def ready(self) -> None:
        """Register what people can report, and what can be made of a gap in a survey."""
        from goldenthread.listen.themes import gaps, reporting  # noqa: F401, PLC0415
