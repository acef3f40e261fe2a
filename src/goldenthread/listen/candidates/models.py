"""Candidate themes: which voices share words. They wait for people, and then they go."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project


class Run(models.Model):
    """What came of asking once. A project has one at most, so that two people see the same."""

    privacy = columns(working="ref project asked_on asked_by number")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.OneToOneField(
        Project, on_delete=models.CASCADE, related_name="candidate_themes"
    )
    asked_on = models.DateField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    number = models.PositiveSmallIntegerField()  # how many candidates were asked for


class Candidate(models.Model):
    """Voices that share words. It has no title until a person gives it one."""

    class State(models.TextChoices):
        OPEN = "open", _("To be looked at")
        ASIDE = "aside", _("Put aside")
        ACCEPTED = "accepted", _("Made a theme")

    privacy = columns(working="ref run title stability state theme place")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="candidates")
    title = models.CharField(max_length=80, blank=True)
    stability = models.FloatField(null=True)  # 0 to 1; none once people have changed it
    state = models.CharField(max_length=8, choices=State, default=State.OPEN)
    theme = models.ForeignKey(Theme, null=True, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    words: list[str]  # in common, as queries count them: they are kept beside their voices alone
    held: int  # released voices, as queries count them
    first: list[UUID]  # a few of them, those that fit best

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="accepted") ^ models.Q(theme=None),
                name="accepted_candidates_are_themes",
            ),
        ]


class Placed(models.Model):
    """A voice of a run: in a candidate, or in none."""

    privacy = columns(working="ref run voice candidate place", words_blank="words")
    held = Held(
        _("Which of your words others said too, while organisers look for topics"),
        why=_("So that they see which voices share words."),
        until=_("As long as your words, and 30 days at most."),
        within="voice",
        but="run candidate place",  # work that nobody has looked at yet
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="placed")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    candidate = models.ForeignKey(
        Candidate, null=True, on_delete=models.SET_NULL, related_name="placed"
    )
    place = models.PositiveIntegerField()  # those that fit best first
    words = ArrayField(models.CharField(max_length=60), default=list)  # of its candidate, in it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "voice"], name="a_voice_once_a_run"),
        ]
