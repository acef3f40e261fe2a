from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project


class Asked(models.Model):
    """That a project asks people about themselves after they spoke, and what it may cross."""

    privacy = columns(open="project crossings since_on ended_on statements")

    project = models.OneToOneField(
        Project, primary_key=True, on_delete=models.CASCADE, related_name="asks_about_people"
    )
    crossings = models.JSONField(default=list)  # at most two pairs of questions
    since_on = models.DateField()
    statements = models.JSONField(default=list, db_default=[])  # versions people agreed to
    ended_on = models.DateField(null=True, blank=True)  # for good, even if listening begins again


class Batch(models.Model):
    """Answers that wait for each other, all given under one statement. Its key is a file."""

    privacy = columns(open="ref project statement")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    statement = models.PositiveSmallIntegerField(default=0, db_default=0)  # 0: before there was one


class Waiting(models.Model):
    """What one person answered, locked, padded to one size, until ten are there."""

    privacy = columns(open="ref batch", hidden="sealed")
    held = Held(
        _("What you answered about yourself, locked"),
        why=_("So that nobody can see which answer came with which words."),
        until=_("Until ten people have answered, or listening is over."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    batch = models.ForeignKey(Batch, on_delete=models.CASCADE, related_name="waiting")
    sealed = models.BinaryField()


class Answer(models.Model):
    """One answer to one question, or to one crossing: nobody's, without a time, shuffled."""

    privacy = columns(open="ref project", hidden="question answer")
    held = Held(
        _("Answers about people, mixed so that they belong to nobody"),
        why=_("To see who has not been heard."),
        clocks=(closed("project", 3 * YEAR, _("%(time)s after the project closed.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    question = models.CharField(max_length=60)
    answer = models.CharField(max_length=120)

    class Meta:
        indexes = [models.Index(fields=["project", "question"], name="answers_of_a_question")]


class Spent(models.Model):
    """A mark of an invitation that was used, so that it is used once. It leads to nobody."""

    privacy = columns(hidden="mark", working="on")
    held = Held(
        _("That an invitation to answer was used"),
        why=_("So that nobody answers twice."),
        until=_("Until the next day."),
        nobody=True,
    )

    mark = models.BinaryField(primary_key=True)
    on = models.DateField()
