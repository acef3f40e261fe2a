from django.apps import AppConfig


class ThemesConfig(AppConfig):
    name = "goldenthread.listen.themes"
    label = "themes"
