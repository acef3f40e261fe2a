"""A question, statements about it, and who agrees, without anybody's name."""

from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.listen.conversations.mapping.next import Counter
from goldenthread.listen.conversations.pictures import CHOICES
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project

GONE_AFTER = _("%(time)s after the project ends.")
FRESH = Counter("").weight()  # how likely a statement comes next that nobody has answered yet


class Conversation(models.Model):
    """A question of the staff's; people answer statements about it, one at a time."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    privacy = columns(
        open="ref project question about state adding answers_leave opened_on closed_on",
        working="made_by made_on",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="conversations")
    question = models.CharField(max_length=200)
    about = models.TextField(max_length=600, blank=True)  # what happens with the answers
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    adding = models.BooleanField(default=True)  # whether people may add statements of their own
    answers_leave = models.BooleanField(default=False)  # single answers, as a file; said beforehand
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    made_on = models.DateField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["project", "state"], name="conversation_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") ^ models.Q(opened_on__isnull=False),
                name="open_conversations_say_since_when",
            ),
        ]


class Statement(models.Model):
    """A sentence to agree with or not: the staff's own (a seed), or a voice that was read first.

    The counters help to choose what is asked next. They are refreshed now and then, and shown to
    nobody: what people see comes from a map that was frozen.
    """

    privacy = columns(
        open="ref conversation seed picture place dropped_on",
        working="voice agrees disagrees passes separation weight",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="statements"
    )
    voice = models.OneToOneField(
        Voice, null=True, on_delete=models.CASCADE, related_name="statement"
    )
    seed = models.CharField(max_length=280, blank=True)
    picture = models.CharField(max_length=10, choices=CHOICES, blank=True)
    place = models.PositiveSmallIntegerField(default=0)  # of seeds, on the organisers' page
    dropped_on = models.DateField(null=True)  # a seed that organisers took out
    agrees = models.PositiveIntegerField(default=0)
    disagrees = models.PositiveIntegerField(default=0)
    passes = models.PositiveIntegerField(default=0)
    separation = models.FloatField(default=0)  # how far one answer moves somebody on the last map
    weight = models.FloatField(default=FRESH)

    class Meta:
        indexes = [models.Index(fields=["conversation", "place"], name="statement_conversation")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(voice=None) ^ models.Q(seed=""),
                name="a_statement_is_a_seed_or_a_voice",
            ),
            models.CheckConstraint(
                condition=models.Q(weight__gt=0), name="every_statement_may_come_next"
            ),
        ]

    @property
    def text(self) -> str:
        """What it says, once it may be shown."""
        return self.seed or (self.voice.words.shown or "" if self.voice else "")

    @property
    def note(self) -> str:
        """What people should know before they read it."""
        return self.voice.words.note_shown if self.voice else ""

    @property
    def voice_ref(self) -> UUID | None:
        """The voice it is, if it is one."""
        return self.voice_id


class Participant(models.Model):
    """Somebody who answers: a keyed mark of a member or of one browser, and no name or time."""

    privacy = columns(working_drop="ref conversation", hidden_drop="mark group")
    held = Held(
        _("A mark by which your answers in a conversation belong together, which names nobody"),
        why=_("So that nobody counts twice, and you can change your mind."),
        clocks=(closed("conversation__project", MONTH, GONE_AFTER),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="participants"
    )
    mark = models.BinaryField(max_length=32, unique=True)
    group = models.CharField(max_length=1, blank=True)  # on the newest map: shown to them alone


class Stance(models.Model):
    """What one participant answered to one statement: no time, no order."""

    class Value(models.IntegerChoices):
        AGREE = 1, _("Agree")
        PASS = 0, _("Pass")
        DISAGREE = -1, _("Disagree")

    privacy = columns(working_drop="ref participant statement value")
    held = Held(
        _("Whether you agree with a statement"),
        why=_("So that we can show what people share and where they differ."),
        clocks=(closed("participant__conversation__project", MONTH, GONE_AFTER),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    participant = models.ForeignKey(  # found by the index of `one_stance`
        Participant, on_delete=models.CASCADE, related_name="stances", db_index=False
    )
    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="stances")
    value = models.SmallIntegerField(choices=Value)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participant", "statement"], name="one_stance"),
            models.CheckConstraint(
                condition=models.Q(value__in=[-1, 0, 1]), name="agree_pass_or_disagree"
            ),
        ]


class Drawing(models.Model):
    """A conversation as it was frozen: rounded figures and, with enough people, its map."""

    privacy = columns(
        open="ref conversation number frozen_on shown", working="answers_out_on", hidden="bases"
    )
    held = Held(
        _("How many people a map rests on"),
        why=_("So that no two maps together give away one person."),
        until=_("As long as the map can be seen."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    conversation = models.ForeignKey(
        Conversation, on_delete=models.CASCADE, related_name="drawings"
    )
    number = models.PositiveIntegerField()
    frozen_on = models.DateField()
    answers_out_on = models.DateField(null=True)  # when single answers were taken out: once
    shown = models.JSONField()  # all that may be shown, and nothing else: see freezing
    bases = models.JSONField()  # exact counts: to know when ten more have come

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="one_map_a_number")
        ]


class GroupName(models.Model):
    """What organisers call a group of a map. A machine never names people."""

    privacy = columns(open="ref drawing letter name on", working="by")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    drawing = models.ForeignKey(Drawing, on_delete=models.CASCADE, related_name="names")
    letter = models.CharField(max_length=1)
    name = models.CharField(max_length=60)
    on = models.DateField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["drawing", "letter"], name="one_name_a_group")
        ]
