"""How many people of each group there are, and what is done to reach those who are missing."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project


class Population(models.Model):
    """For one question, whom an organisation has or serves. A new one never replaces an old."""

    privacy = columns(
        open="ref organisation question version source as_of entered_on", working="entered_by"
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="populations"
    )
    question = models.CharField(max_length=60)
    version = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    as_of = models.DateField()
    entered_on = models.DateField()
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "question", "version"], name="one_population_a_version"
            ),
            models.CheckConstraint(
                condition=~models.Q(source=""), name="populations_say_where_from"
            ),
        ]


class Group(models.Model):
    """How many people of a population would give one answer: from elsewhere, never from ours."""

    privacy = columns(working="ref population answer people")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    population = models.ForeignKey(Population, on_delete=models.CASCADE, related_name="groups")
    answer = models.CharField(max_length=120)
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["population", "answer"], name="one_group_an_answer")
        ]


class OutreachAction(models.Model):
    """What is done, by whom and when, to reach people who have not been heard."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        DOING = "doing", _("Being done")
        DONE = "done", _("Done")
        DROPPED = "dropped", _("Dropped")

    privacy = columns(
        open="ref project what for_key for_name due_on state came_of_it planned_on ended_on",
        personal_blank="owner",
        working="planned_by",
    )
    held = Held(
        _("That you look after reaching people who are missing"),
        why=_("So that those who run the project can see who does what."),
        clocks=(
            closed(
                "project",
                3 * YEAR,
                _("Your name goes %(time)s after the project ends."),
                empties=True,
            ),
        ),
        person="owner",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="outreach")
    what = models.CharField(max_length=200)
    for_key = models.CharField(max_length=190, blank=True)  # "group:age:75", "strand:…", "label:…"
    for_name = models.CharField(max_length=200, blank=True)  # as it was called on that day
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    due_on = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.PLANNED)
    came_of_it = models.TextField(max_length=600, blank=True)
    planned_on = models.DateField()
    ended_on = models.DateField(null=True)
    planned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["project", "due_on"], name="outreach_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=["planned", "doing"], ended_on=None, came_of_it="")
                | models.Q(state__in=["done", "dropped"], ended_on__isnull=False)
                & ~models.Q(came_of_it=""),
                name="ended_outreach_says_what_came_of_it",
            )
        ]

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.state in (self.State.PLANNED, self.State.DOING)
