from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project


class Release(models.Model):
    """A frozen set of figures about people: rounded, large enough, never live."""

    privacy = columns(
        open="ref project number figures frozen_on",
        hidden="bases",
    )
    held = Held(
        _("How many answers a figure rests on"),
        why=_("So that no two figures together give away one person."),
        until=_("As long as the figures can be seen."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="releases")
    number = models.PositiveIntegerField()
    figures = models.JSONField()  # what may be shown: rounded counts, or null for too few
    bases = models.JSONField()  # exact counts at freezing: to know when ten more have come
    frozen_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_release_a_number")
        ]
