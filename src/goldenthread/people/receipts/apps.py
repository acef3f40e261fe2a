from django.apps import AppConfig


class ReceiptsConfig(AppConfig):
    name = "goldenthread.people.receipts"
    label = "receipts"
