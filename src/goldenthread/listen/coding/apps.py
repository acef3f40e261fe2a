from django.apps import AppConfig


class CodingConfig(AppConfig):
    name = "goldenthread.listen.coding"
    label = "coding"

    def ready(self) -> None:
        """Stand beside the page on which voices are grouped."""
        from goldenthread.listen.coding import beside  # noqa: F401, PLC0415
