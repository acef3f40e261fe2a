"""What was decided about themes, by whom, out of which options, and why."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.empower.groups.models import Group
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit.privacy import columns
from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project


class Decision(models.Model):
    """A decision. *No* and *partly* need a reason too."""

    class Outcome(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        PUBLISHED = "published", _("Published")

    privacy = columns(
        open="ref project number title question group meeting decided_by how_many how_many_lived "
        "what_people_said outcome why decided_on before_listening before_showing_back state "
        "published_on",
        working="written_by salt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="decisions")
    title = models.CharField(max_length=120)
    question = models.TextField(max_length=300)
    group = models.ForeignKey(
        Group, null=True, blank=True, on_delete=models.PROTECT, related_name="decisions"
    )
    meeting = models.ForeignKey(
        Meeting, null=True, blank=True, on_delete=models.SET_NULL, related_name="decisions"
    )
    decided_by = models.CharField(max_length=300)
    how_many = models.PositiveSmallIntegerField()
    how_many_lived = models.PositiveSmallIntegerField()
    what_people_said = models.TextField(max_length=1500)
    outcome = models.CharField(max_length=6, choices=Outcome)
    why = models.TextField(max_length=1500)
    decided_on = models.DateField()
    before_listening = models.BooleanField(default=False)  # decided before people were asked
    before_showing_back = models.BooleanField(default=False)  # before they could correct the themes
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    number = models.PositiveIntegerField()
    published_on = models.DateField(null=True)
    salt = models.BinaryField(max_length=32, null=True)  # of the seal in the record
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "number"], name="one_decision_a_number"),
            models.CheckConstraint(condition=~models.Q(why=""), name="decisions_say_why"),
            models.CheckConstraint(
                condition=models.Q(how_many_lived__lte=models.F("how_many")),
                name="lived_among_deciders",
            ),
            models.CheckConstraint(
                condition=models.Q(state="draft") ^ models.Q(published_on__isnull=False),
                name="published_decisions_have_a_day",
            ),
        ]


class Option(models.Model):
    """One option that was on the table."""

    privacy = columns(open="ref decision text chosen position")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(max_length=300)
    chosen = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "position"], name="one_option_a_position")
        ]


class AboutTheme(models.Model):
    """A decision is about a theme."""

    privacy = columns(open="ref decision theme")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="about")
    theme = models.ForeignKey(Theme, on_delete=models.PROTECT, related_name="decided")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "theme"], name="a_theme_once_a_decision")
        ]
