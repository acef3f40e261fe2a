"""How far a project has come that was begun with the eight questions."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project


class Start(models.Model):
    """From which template a project was begun, and which of the questions were answered."""

    privacy = columns(working="project template answered")

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="start"
    )
    template = models.SlugField(max_length=40)
    answered = ArrayField(models.SlugField(max_length=10), default=list)

    def __str__(self) -> str:
        return self.template
