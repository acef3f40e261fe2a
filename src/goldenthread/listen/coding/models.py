"""A codebook: what belongs to a theme. And rounds in which coders sort a sample, each alone."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.editions import edition_of
from goldenthread.kit.held import MONTH, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.listen.themes.models import Theme
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project


class Code(models.Model):
    """What the codebook says of a theme."""

    privacy = columns(working="theme definition belongs leaves_out example version")

    theme = models.OneToOneField(
        Theme, primary_key=True, on_delete=models.CASCADE, related_name="code"
    )
    definition = models.TextField(max_length=400)
    belongs = models.TextField(max_length=400, blank=True)
    leaves_out = models.TextField(max_length=400, blank=True)
    example = models.ForeignKey(Voice, null=True, on_delete=models.SET_NULL, related_name="+")
    version = models.PositiveIntegerField(default=1)


class Round(models.Model):
    """A sample of voices that coders sort, each alone, until all are done; then they talk."""

    class State(models.TextChoices):
        CODING = "coding", _("Each sorts alone")
        TALKING = "talking", _("Talking it through")
        SETTLED = "settled", _("Settled")

    privacy = columns(
        working="ref project state themes started_on started_by finished_on settled_on "
        "alpha low high by_theme applied"
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="coding_rounds")
    state = models.CharField(max_length=7, choices=State, default=State.CODING)
    themes = ArrayField(models.UUIDField())  # those in the codebook when it began
    started_on = models.DateField()
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    finished_on = models.DateField(null=True)
    settled_on = models.DateField(null=True)
    alpha = models.FloatField(null=True)  # none where nothing varied
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    by_theme = models.JSONField(default=list)  # how far coders agreed on each, when compared
    applied = models.BooleanField(default=False)  # put into the themes

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project"],
                condition=~models.Q(state="settled"),
                name="one_coding_round_at_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(state="coding") ^ models.Q(finished_on__isnull=False),
                name="a_compared_round_has_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(state="settled") ^ models.Q(settled_on=None),
                name="a_settled_round_has_a_day",
            ),
        ]


class Coder(models.Model):
    """Someone who sorts the sample of a round."""

    privacy = columns(working_drop="ref round done_on", personal_drop="person")
    held = Held(
        _("That you sorted a sample of what people said"),
        why=_("So that it can be seen how far two people read it the same way."),
        clocks=(closed("round__project", MONTH, _("%(time)s after the project ends.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="coders")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="coding"
    )
    done_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "person"], name="a_coder_once")]


class Unit(models.Model):
    """A voice of the sample; and, where coders differed, what they agreed on."""

    privacy = columns(working="ref round voice place agreed agreed_on", words_blank="note")
    held = Held(
        _("A note on which topics your words belong to, where two people differed"),
        why=_("So that they read what people said the same way."),
        until=_("As long as your words."),
        within="voice",
        but="round place agreed note",  # what staff said to each other
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="units")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="+")
    place = models.PositiveSmallIntegerField()
    agreed = ArrayField(models.UUIDField(), default=list)
    note = models.CharField(max_length=300, blank=True)  # may say what the voice says
    agreed_on = models.DateField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "voice"], name="a_voice_a_round")]

    @property
    def edition(self) -> str:
        """A mark of what was agreed, as it stands now."""
        return edition_of(self.agreed, self.note, self.agreed_on)


class Coding(models.Model):
    """Which themes one coder chose for one voice; none is an answer too."""

    privacy = columns(working_drop="ref unit coder themes")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="codings")
    coder = models.ForeignKey(Coder, on_delete=models.CASCADE, related_name="codings")
    themes = ArrayField(models.UUIDField(), default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit", "coder"], name="coded_once")]
