"""Who does what by when, and what is different now."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.act.decisions.models import Decision
from goldenthread.kit.held import YEAR, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project


class Action(models.Model):
    """Who does what by when: an owner, and a co-owner with lived experience."""

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        UNDER_WAY = "under-way", _("Under way")
        DONE = "done", _("Done")
        STOPPED = "stopped", _("Stopped")

    privacy = columns(
        open="ref project decision what due_on state done_on stopped_because planned_on",
        personal_blank="owner owner_name co_owner co_owner_name",
    )
    held = Held(
        _("That you look after an action"),
        why=_("So that everyone can see who does what."),
        clocks=(
            closed(
                "project", 3 * YEAR, _("Names go %(time)s after the project ends."), empties=True
            ),
        ),
        person="owner co_owner",
        but="owner_name co_owner_name",  # one of them is another person’s
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="actions")
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="actions")
    what = models.CharField(max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    owner_name = models.CharField(max_length=80)
    co_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    co_owner_name = models.CharField(max_length=80)
    due_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.PLANNED)
    planned_on = models.DateField()
    done_on = models.DateField(null=True, blank=True)
    stopped_because = models.TextField(max_length=600, blank=True)

    class Meta:
        indexes = [models.Index(fields=["project", "due_on"], name="action_due")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done") ^ models.Q(done_on=None),
                name="done_actions_have_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="stopped") ^ models.Q(stopped_because=""),
                name="stopped_actions_say_why",
            ),
        ]


class Progress(models.Model):
    """A note on how an action goes."""

    privacy = columns(open="ref action text on", working="by")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="progress")
    text = models.TextField(max_length=600)
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Change(models.Model):
    """What is different now, with evidence, since when."""

    privacy = columns(
        open="ref project action what_is_different evidence since_on claimed_on",
        working="claimed_by salt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="changes")
    action = models.ForeignKey(  # none: it came of a reply to one voice
        Action, null=True, on_delete=models.PROTECT, related_name="changes"
    )
    what_is_different = models.TextField(max_length=600)
    evidence = models.TextField(max_length=1000)
    since_on = models.DateField()
    claimed_on = models.DateField()
    salt = models.BinaryField(max_length=32, null=True)  # of the seal in the record
    claimed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                # one that came of a voice alone is emptied with its words
                condition=~models.Q(what_is_different="") | models.Q(action=None),
                name="changes_say_what_changed",
            )
        ]
