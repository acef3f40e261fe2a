from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "goldenthread.people.accounts"
    label = "accounts"
