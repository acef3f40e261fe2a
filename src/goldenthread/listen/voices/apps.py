from django.apps import AppConfig


class VoicesConfig(AppConfig):
    name = "goldenthread.listen.voices"
    label = "voices"
