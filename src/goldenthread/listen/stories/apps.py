from django.apps import AppConfig


class StoriesConfig(AppConfig):
    name = "goldenthread.listen.stories"
    label = "stories"

    def ready(self) -> None:
        """Register this way to listen, and the pages of its stories."""
        from goldenthread.listen.stories import ways  # noqa: F401, PLC0415
