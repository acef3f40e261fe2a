from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES


class Release(models.Model):
    """A frozen set of figures about people: rounded, large enough, never live."""

    privacy = columns(
        open="ref project number figures frozen_on profile about hidden",
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
    profile = models.CharField(max_length=20, default=DEFAULT, db_default=DEFAULT)
    about = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    hidden = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_release_a_number")
        ]


class Rule(models.Model):
    """By which rule for small numbers a project shows who it heard from, if not by ours."""

    privacy = columns(open="project profile")

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="rule_for_figures"
    )
    profile = models.CharField(max_length=20, choices=[(name, name) for name in PROFILES])
