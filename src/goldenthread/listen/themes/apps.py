from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "goldenthread.listen.themes"
    label = "themes"

    def ready(self) -> None:
        """Register what people can report, what a gap in a survey leads to, and the workspace."""
        from goldenthread.listen.themes import gaps, offering, reporting  # noqa: F401, PLC0415
