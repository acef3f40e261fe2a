from django.apps import AppConfig


class ConversationsConfig(AppConfig):
    name = "goldenthread.listen.conversations"
    label = "conversations"
