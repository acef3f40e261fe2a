from django.apps import AppConfig


class LooksConfig(AppConfig):
    name = "goldenthread.safety.looks"
    label = "looks"

    def ready(self) -> None:
        """Register what waits for readers, what the lists missed, and what leaves the draw."""
        from goldenthread.safety.looks import queries, services  # noqa: F401, PLC0415
