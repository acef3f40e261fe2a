from django.db import models

from goldenthread.kit.privacy import columns


class Round(models.Model):
    """When a piece of recurring work is due next."""

    privacy = columns(working="name due_at")

    name = models.CharField(max_length=200, primary_key=True)
    due_at = models.DateTimeField()
