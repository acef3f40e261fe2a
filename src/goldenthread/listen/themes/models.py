"""What several voices have in common, as people have grouped them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.editions import edition_of
from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


class Theme(models.Model):
    """A theme: a title, a sentence in plain words, and the voices it rests on."""

    class State(models.TextChoices):
        WORKING = "working", _("Being grouped")
        SHOWN_BACK = "shown-back", _("Shown back to those who spoke")
        AGREED = "agreed", _("Ready to be decided on")
        MERGED = "merged", _("Merged into another theme")

    class Place(models.TextChoices):
        HEARD = "heard", _("Heard")
        DECIDED = "decided", _("Decided")
        ACTED = "acted", _("Being done")
        CHANGED = "changed", _("Changed")

    privacy = columns(
        open="ref project title sentence state place merged_into shown_back_on made_on voice_count",
        working="made_by version salt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="themes")
    title = models.CharField(max_length=80)
    sentence = models.TextField(max_length=400, blank=True)
    state = models.CharField(max_length=10, choices=State, default=State.WORKING)
    place = models.CharField(max_length=7, choices=Place, default=Place.HEARD)
    merged_into = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="merged_from"
    )
    voice_count = models.PositiveIntegerField(
        default=0
    )  # exact: for staff; the public sees releases
    shown_back_on = models.DateField(null=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    salt = models.BinaryField(max_length=32, null=True)  # of the seal in the record

    class Meta:
        indexes = [models.Index(fields=["project", "state"], name="theme_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="merged") ^ models.Q(merged_into=None),
                name="merged_themes_say_into_what",
            ),
        ]


class Wording(models.Model):
    """What a theme was called before: kept once it was shown to those who spoke."""

    privacy = columns(open="ref theme title sentence until place")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="wordings")
    title = models.CharField(max_length=80)
    sentence = models.TextField(max_length=400, blank=True)
    until = models.DateField()
    place = models.PositiveSmallIntegerField()  # which of them it was, the first one 0

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "place"], name="one_wording_a_place")
        ]


class Grouping(models.Model):
    """A voice belongs to a theme; through a merge it says which theme it came by."""

    privacy = columns(working="ref theme voice came_by")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="groupings")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="groupings")
    came_by = models.ForeignKey(Theme, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["theme", "voice"], name="a_voice_once_a_theme")
        ]


class Correction(models.Model):
    """Someone who spoke says whether the theme says what they meant."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")

    privacy = columns(working_drop="ref theme voice answer dealt_with", working="on words")
    held = Held(
        _("Whether a topic says what you meant"),
        why=_("So that topics say what people meant."),
        until=_("As long as your words."),
        within="voice",
        brings="words",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="corrections")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="corrections")
    answer = models.CharField(max_length=6, choices=Answer)
    words = models.OneToOneField(
        Words, null=True, on_delete=models.PROTECT, related_name="correction"
    )
    dealt_with = models.TextField(max_length=400, blank=True)  # what the organisers did with it
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["theme", "voice"], name="one_correction")]

    @property
    def edition(self) -> str:
        """A mark of what stands there as done with it."""
        return edition_of(self.dealt_with)
