from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "goldenthread.listen.rooms"
    label = "rooms"

    def ready(self) -> None:
        """Register the way to listen, and how the board is narrowed to a room."""
        from goldenthread.listen.rooms import joining  # noqa: F401, PLC0415
