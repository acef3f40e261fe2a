"""What a decision-maker is asked, on one page; and who decides in their name."""

from typing import Any
from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.act.decisions.models import Decision
from goldenthread.kit.held import YEAR, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


class Brief(models.Model):
    """A decision that is asked for. What people said in it is drawn from the themes, each time."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        GIVEN = "given", _("Waits for a decision")
        DECIDED = "decided", _("Decided")

    privacy = columns(
        open="ref project number title ask state decide_by given_on decision",
        working="asked_of written_by also_wrote salt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="briefs")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=80)
    ask = models.CharField(max_length=200)
    asked_of = models.ForeignKey(  # the accountable decision-maker
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="briefs"
    )
    decide_by = models.DateField()
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    given_on = models.DateField(null=True)
    decision = models.OneToOneField(
        Decision, null=True, on_delete=models.PROTECT, related_name="brief"
    )
    salt = models.BinaryField(max_length=32, null=True)  # of the seal in the record
    written_by = models.ForeignKey(  # who began it
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    also_wrote = ArrayField(models.UUIDField(), default=list, db_default=[])  # people, later

    class Meta:
        indexes = [models.Index(fields=["state", "decide_by"], name="briefs_by_day")]
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_brief_a_number"),
            models.CheckConstraint(
                condition=models.Q(state="draft", given_on=None)
                | models.Q(given_on__isnull=False, salt__isnull=False),
                name="given_briefs_are_sealed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="decided") ^ models.Q(decision=None),
                name="decided_briefs_lead_to_a_decision",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def writers(self) -> set[Any]:
        """Return the keys of all who wrote it."""
        return {self.written_by_id, *self.also_wrote} - {None}


class BriefOption(models.Model):
    """One way to decide: what it costs, what could go wrong, and whether it is what people asked.

    One of them is always to leave things as they are.
    """

    privacy = columns(open="ref brief text cost risk outcome as_it_is position")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(max_length=120)
    cost = models.CharField(max_length=100)
    risk = models.CharField(max_length=140)
    outcome = models.CharField(max_length=6, choices=Decision.Outcome)
    as_it_is = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brief", "position"], name="one_brief_option_a_place"),
            models.UniqueConstraint(
                fields=["brief"], condition=models.Q(as_it_is=True), name="as_it_is_once_a_brief"
            ),
        ]


class BriefTheme(models.Model):
    """A brief asks about a theme."""

    privacy = columns(open="ref brief theme")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="about")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="asked")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brief", "theme"], name="a_theme_once_a_brief")
        ]


class BriefQuote(models.Model):
    """Words that a brief quotes, for as long as they may be quoted; it goes with them."""

    privacy = columns(working_drop="ref brief words")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="quoted")
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["brief", "words"], name="quoted_once_a_brief")
        ]


class Delegation(models.Model):
    """A decision-maker lets someone decide in their name: on one brief, or on all of a project."""

    privacy = columns(
        working_drop="ref project brief starts_on ends_on withdrawn_on",
        personal_drop="decision_maker delegate",
    )
    held = Held(
        _("That you decide in someone’s name, or someone in yours"),
        why=_("So that everyone can see who decided for whom, also looking back."),
        clocks=(after("ends_on", 2 * YEAR, _("%(time)s after the last day.")),),
        person="decision_maker delegate",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="delegations")
    brief = models.ForeignKey(  # none: all briefs of the project
        Brief, null=True, on_delete=models.CASCADE, related_name="delegations"
    )
    decision_maker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations_given"
    )
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="delegations"
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    withdrawn_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="delegation_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~models.Q(delegate=models.F("decision_maker")),
                name="nobody_is_their_own_delegate",
            ),
        ]
