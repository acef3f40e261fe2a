from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "goldenthread.listen.themes"
    label = "themes"

    def ready(self) -> None:
        """Register what is counted and reported, what a gap leads to, and the workspace."""
        from goldenthread.listen.themes import (  # noqa: PLC0415
            counting,  # noqa: F401
            gaps,  # noqa: F401
            offering,  # noqa: F401
            reporting,  # noqa: F401
        )
