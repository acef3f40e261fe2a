from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES


class Release(models.Model):
    """A frozen set of figures about people: rounded, large enough, never live."""

    privacy = columns(
        open="ref project number figures frozen_on public_on profile about hidden",
        hidden="bases salt",
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
    public_on = models.DateField(null=True)  # if not on the day itself: some see it first
    salt = models.BinaryField(max_length=32, null=True)  # of its seal, where some see it first
    profile = models.CharField(max_length=20, default=DEFAULT, db_default=DEFAULT)
    about = models.JSONField(default=list, db_default=models.Value([], models.JSONField()))
    hidden = models.JSONField(default=dict, db_default=models.Value({}, models.JSONField()))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_release_a_number"),
            models.CheckConstraint(
                condition=models.Q(public_on=None, salt=None)
                | models.Q(public_on__gt=models.F("frozen_on"), salt__isnull=False),
                name="early_figures_are_sealed",
            ),
        ]


class Rule(models.Model):
    """By which rule for small numbers a project shows who it heard from, if not by ours."""

    privacy = columns(open="project profile")

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="rule_for_figures"
    )
    profile = models.CharField(max_length=20, choices=[(name, name) for name in PROFILES])


class EarlySight(models.Model):
    """A project whose decision-makers see figures some days before everyone."""

    privacy = columns(open="project")

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="early_sight"
    )


class EarlyLook(models.Model):
    """Someone who decides saw a release before everyone, and what they said about it."""

    privacy = columns(working="ref release person delegate seen_on comment commented_on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    release = models.ForeignKey(Release, on_delete=models.CASCADE, related_name="early_looks")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    delegate = models.BooleanField(default=False)
    seen_on = models.DateField()
    comment = models.TextField(max_length=1000, blank=True)
    commented_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["release", "person"], name="one_early_look"),
            models.CheckConstraint(
                condition=models.Q(comment="") ^ models.Q(commented_on__isnull=False),
                name="early_comments_have_a_day",
            ),
        ]
