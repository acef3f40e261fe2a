"""Assessments that must be filled in and signed before a project may open."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project


class Assessment(models.Model):
    """One version of an assessment of a project. Signed, it stays as it is."""

    privacy = columns(
        working="ref project kind version answers edits begun_on signed_by signed_as signed_on "
        "review_on",
        hidden="salt",
    )

    held = Held(
        _("What was looked at before people were asked"),
        why=_("So that everyone can see that someone thought of what could go wrong."),
        until=_("As long as the project."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="assessments")
    kind = models.CharField(max_length=20)
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField(default=dict)  # by the key of the question
    salt = models.BinaryField(max_length=32, null=True)
    edits = models.PositiveIntegerField(default=0)  # two writers never overwrite each other
    begun_on = models.DateField()
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    signed_as = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "kind", "version"], name="one_assessment_a_version"
            ),
            models.UniqueConstraint(
                fields=["project", "kind"],
                condition=models.Q(signed_on=None),
                name="one_assessment_being_written",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_on=None, review_on=None, signed_as="", signed_by=None)
                | models.Q(signed_on__isnull=False, review_on__gt=models.F("signed_on"))
                & ~models.Q(signed_as=""),
                name="signed_assessments_say_who_and_until_when",
            ),
        ]

    @property
    def edition(self) -> str:
        """Which words somebody has before them."""
        return f"{self.version}.{self.edits}"


class Hand(models.Model):
    """Someone who wrote in an assessment: with which role, and on which day last."""

    privacy = columns(working_drop="ref assessment role on", personal_drop="person")

    held = Held(
        _("That you wrote in an assessment"),
        why=_("So that nobody signs what they wrote themselves."),
        until=_("As long as the project, or until you ask us to erase you."),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="hands")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assessment", "person"], name="one_hand_a_person")
        ]
