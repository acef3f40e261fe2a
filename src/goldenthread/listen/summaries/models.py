"""What people said, in short: sentences that people write, each with the voices it rests on."""

from uuid import uuid4

from django.conf import settings
from django.db import models

from goldenthread.kit.privacy import columns
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project


class Sentence(models.Model):
    """One sentence of a summary. It cannot stand alone: once all its voices are destroyed, it goes.

    It goes as a row, so that nothing of what they said is left in it.
    """

    privacy = columns(open="ref project text place shown_on", working="made_by version salt")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="sentences")
    text = models.CharField(max_length=300)
    place = models.PositiveSmallIntegerField()
    shown_on = models.DateField(null=True)  # for everyone to read, since
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    salt = models.BinaryField(max_length=32, null=True)  # of the seal in the record

    class Meta:
        indexes = [models.Index(fields=["project", "place"], name="summary_order")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(shown_on=None) | models.Q(salt__isnull=False),
                name="shown_sentences_are_sealed",
            ),
        ]


class Rest(models.Model):
    """A sentence rests on a voice, or on a whole theme."""

    privacy = columns(working="ref sentence voice theme")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    sentence = models.ForeignKey(Sentence, on_delete=models.CASCADE, related_name="rests")
    voice = models.ForeignKey(Voice, null=True, on_delete=models.CASCADE, related_name="+")
    theme = models.ForeignKey(Theme, null=True, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voice=None) ^ models.Q(theme=None),
                name="a_sentence_rests_on_a_voice_or_a_theme",
            ),
            models.UniqueConstraint(fields=["sentence", "voice"], name="rests_on_a_voice_once"),
            models.UniqueConstraint(fields=["sentence", "theme"], name="rests_on_a_theme_once"),
        ]
