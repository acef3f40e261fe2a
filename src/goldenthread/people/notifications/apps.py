from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "goldenthread.people.notifications"
    label = "notifications"
