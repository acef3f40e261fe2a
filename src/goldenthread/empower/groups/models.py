"""People who decide together, and how each came to their seat."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after, closed
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project


class Group(models.Model):
    """A group of a project: a panel, a working group, an advisory group."""

    privacy = columns(open="ref project name purpose carers_concerned made_on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="groups")
    name = models.CharField(max_length=80)
    purpose = models.TextField(max_length=600)
    carers_concerned = models.BooleanField(default=False, db_default=False)  # two seats, then
    made_on = models.DateField()


class Seat(models.Model):
    """One seat, how it was filled, and whether it holds lived experience."""

    class Filled(models.TextChoices):
        DRAWN = "drawn", _("Drawn by lot")
        ELECTED = "elected", _("Elected")
        INVITED = "invited", _("Invited")
        VOLUNTEERED = "volunteered", _("Volunteered")
        POST = "post", _("Comes with the job")

    privacy = columns(
        open="ref group filled lived_experience carer starts_on ends_on",
        personal_blank="person name",
    )
    held = Held(
        _("Your seat in a group"),
        why=_("So that everyone can see who decides together."),
        clocks=(
            after("ends_on", 2 * YEAR, _("Your name goes %(time)s after you leave."), empties=True),
            closed(
                "group__project",
                3 * YEAR,
                _("At the latest %(time)s after the project ends."),
                empties=True,
            ),
        ),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="seats",
    )
    name = models.CharField(max_length=80, blank=True)  # someone without an account
    filled = models.CharField(max_length=11, choices=Filled)
    lived_experience = models.BooleanField()
    carer = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "person"],
                condition=models.Q(ends_on=None) & models.Q(person__isnull=False),
                name="one_seat_a_person",
            )
        ]
