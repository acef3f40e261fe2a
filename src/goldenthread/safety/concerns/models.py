"""Concern for a person's safety: for the project's safeguarders alone."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


class Concern(models.Model):
    """A reader told the safeguarding owner about these words."""

    privacy = columns(
        working="ref project words raised_by raised_on raised_at closed_on closed_by told_others",
        words_blank="why what_was_done",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="concerns")
    words = models.OneToOneField(Words, on_delete=models.PROTECT, related_name="concern")
    why = models.TextField(max_length=1000, null=True)
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    told_others = models.BooleanField(default=False)
    what_was_done = models.TextField(max_length=2000, null=True, blank=True)
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None)
                | models.Q(closed_by__isnull=False)
                | models.Q(what_was_done=None),
                name="closed_concern_names_who",
            )
        ]


class ConcernView(models.Model):
    """Who looked at a concern, and on which day."""

    privacy = columns(working="ref concern viewer on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="views")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateTimeField()
