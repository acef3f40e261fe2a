from django.apps import AppConfig


class ProjectsConfig(AppConfig):
    name = "goldenthread.projects"
    label = "projects"
