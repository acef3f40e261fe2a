from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "goldenthread.listen.rooms"
    label = "rooms"
