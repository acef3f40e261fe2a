from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "goldenthread.listen.conversations"
    label = "conversations"

    def ready(self) -> None:
        """Register the way to listen."""
        from goldenthread.listen.conversations import offering  # noqa: F401, PLC0415
