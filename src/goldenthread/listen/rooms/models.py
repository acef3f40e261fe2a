"""Gatherings in a room, the notes taken there until they are confirmed, and hands of a class."""

from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.editions import edition_of
from goldenthread.kit.held import Held, after
from goldenthread.kit.privacy import columns
from goldenthread.listen.rooms.agendas import Step, read_steps
from goldenthread.organisations.models import Label
from goldenthread.projects.models import Project, Strand

NOTE_DAYS = 7


class Room(models.Model):
    """A gathering of some people on one day, with the steps it goes through."""

    class Kind(models.TextChoices):
        WORKSHOP = "workshop", _("A workshop")
        FOCUS_GROUP = "focus-group", _("A focus group")
        GATHERING = "gathering", _("A gathering")
        CLASS = "class", _("A class")
        DROP_IN = "drop-in", _("A drop-in")

    class State(models.TextChoices):
        PLANNED = "planned", _("Planned")
        OPEN = "open", _("Open")
        CONFIRMING = "confirming", _("Being read back")
        DONE = "done", _("Done")

    privacy = columns(
        open="ref project kind title on place strand agenda state step code many done_on",
        working="prepared_by numbered",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="rooms")
    kind = models.CharField(max_length=11, choices=Kind)
    title = models.CharField(max_length=120)
    on = models.DateField()
    place = models.CharField(max_length=80, blank=True)  # broad: a town, not a door
    strand = models.ForeignKey(Strand, null=True, on_delete=models.SET_NULL, related_name="+")
    agenda = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State, default=State.PLANNED)
    step = models.PositiveSmallIntegerField(default=0)  # which one is on the screen
    numbered = models.PositiveSmallIntegerField(default=0, db_default=0)  # last number of a note
    code = models.CharField(max_length=6, unique=True)  # Crockford letters, on each slip
    many = models.BooleanField(default=False)  # ten notes or more: it may be named beside them
    done_on = models.DateField(null=True)
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["project", "state"], name="room_project")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="done", done_on__isnull=False)
                | (~models.Q(state="done") & models.Q(done_on=None, many=False)),
                name="room_done_has_a_day",
            )
        ]

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps it goes through."""
        return read_steps(self.agenda)

    @property
    def edition(self) -> str:
        """A mark of its steps as they stand now."""
        return edition_of(self.agenda)

    @property
    def current(self) -> Step | None:
        """The step that is on the screen."""
        return self.steps[self.step] if self.step < len(self.steps) else None


class Note(models.Model):
    """What was written down in a room, sealed, until those present have said if it is right."""

    privacy = columns(working_drop="ref room number step right slip on", words_drop="sealed")
    held = Held(
        _("A note taken in a room, before those who were there said if it is right"),
        why=_("So that it can be read back to them."),
        clocks=(
            after("on", NOTE_DAYS, _("%(time)s after it was taken, or when the notes were sent.")),
        ),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="notes")
    number = models.PositiveSmallIntegerField()
    step = models.PositiveSmallIntegerField()
    sealed = models.BinaryField()
    right = models.BooleanField(default=False)  # those present said so
    slip = models.BooleanField(default=False)  # who said it takes a receipt on paper
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["room", "number"], name="one_note_a_number"),
            models.CheckConstraint(
                condition=models.Q(right=True) | models.Q(slip=False), name="slips_for_right_notes"
            ),
        ]

    @property
    def edition(self) -> str:
        """A mark of its words as they stand now; they are sealed anew whenever they change."""
        return edition_of(bytes(self.sealed).hex())


class Presence(models.Model):
    """How many of one broad label were there, as somebody counted; never who."""

    privacy = columns(working="ref room label count")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    room = models.ForeignKey(Room, on_delete=models.CASCADE, related_name="presences")
    label = models.ForeignKey(Label, null=True, on_delete=models.CASCADE, related_name="+")
    count = models.PositiveSmallIntegerField(validators=[MinValueValidator(1)])

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["room", "label"], name="one_count_a_label", nulls_distinct=False
            )
        ]

    @property
    def figure(self) -> str:
        """The name under which releases count it."""
        return f"present:{self.ref}"


class Round(models.Model):
    """One question to a whole class: hands go up, and the teacher counts them."""

    privacy = columns(open="ref project question answers strand on", working="hands by")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="rounds")
    question = models.CharField(max_length=160)
    answers = models.JSONField(default=list)  # [{"text": "I like it", "picture": "happy"}]
    hands = ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(999)]), default=list
    )  # one number an answer; none before they are counted
    strand = models.ForeignKey(Strand, null=True, on_delete=models.SET_NULL, related_name="+")
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["project", "on"], name="round_project")]


def figure_of(room: UUID) -> str:
    """Return the name under which releases count what became of a room's notes."""
    return f"room:{room}"
