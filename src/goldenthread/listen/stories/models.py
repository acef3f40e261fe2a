"""Stories: what goes with the words of a voice that tells what happened."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project


class StoryBox(models.Model):
    """Stories in one project: switched on by its organisers, with two questions of their own."""

    privacy = columns(
        open="ref project good_prompt better_prompt feelings is_open opened_on",
        working="opened_by",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.OneToOneField(Project, on_delete=models.CASCADE, related_name="story_box")
    good_prompt = models.CharField(max_length=120)
    better_prompt = models.CharField(max_length=120)
    feelings = models.BooleanField(default=True)  # whether people are asked how they felt
    is_open = models.BooleanField(default=True)
    opened_on = models.DateField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )


class Story(models.Model):
    """What a story says beside its words: feelings, what it talks about, who may speak for whom."""

    class Prompt(models.TextChoices):
        GOOD = "good"
        BETTER = "better"

    class MaySpeak(models.TextChoices):
        AGREED = "agreed"
        UNDER_16 = "under-16"
        CANNOT = "cannot"

    FEELINGS = 3  # at most

    privacy = columns(
        working="voice first good_asked better_asked",
        words_blank="feelings notes may_speak",
    )
    held = Held(
        _("How you felt in your story, what it talks about, and whether you may speak for someone"),
        why=_("So that people know before they read, and can choose."),
        until=_("As long as your words."),
        within="voice",
    )

    voice = models.OneToOneField(
        Voice, primary_key=True, on_delete=models.PROTECT, related_name="told_story"
    )
    first = models.CharField(max_length=6, choices=Prompt)  # what the text of the words answers
    good_asked = models.CharField(max_length=120)  # the two questions as they were then
    better_asked = models.CharField(max_length=120)
    feelings = ArrayField(models.CharField(max_length=10), default=list, blank=True, size=3)
    notes = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    may_speak = models.CharField(max_length=8, choices=MaySpeak, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(feelings__len__lte=3) | models.Q(feelings__len=None),
                name="three_feelings",
            )
        ]
