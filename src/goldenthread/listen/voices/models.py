"""One thing one person said."""

from datetime import date, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, Held, after, closed
from goldenthread.kit.privacy import columns
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project, Strand
from goldenthread.safety.reading.models import Words


class Voice(models.Model):
    """One thing one person said: its words are kept in the reading room, under the same key."""

    class Kind(models.TextChoices):
        ISSUE = "issue", _("Something that is not right")
        IDEA = "idea", _("An idea")
        PRAISE = "praise", _("Something good")
        QUESTION = "question", _("A question")
        STORY = "story", _("A story")
        ANSWER = "answer", _("An answer")
        STATEMENT = "statement", _("A statement")
        NOTE = "note", _("A note from a room")

    class KnownAs(models.TextChoices):
        NAMED = "named", _("Anyone who reads it")
        SUPPORT = "support", _("Only the support team")
        UNLINKED = "unlinked", _("Nobody")

    class Whose(models.TextChoices):
        MINE = "mine", _("Mine")
        CARED_FOR = "cared-for", _("Someone I look after")
        BOTH = "both", _("Both")

    class CameBy(models.TextChoices):
        WRITTEN = "written", _("Written here")
        IMPORTED = "imported", _("Brought in from a file")
        PAPER = "paper", _("Taken on paper")
        CLASS = "class", _("Said in class")
        ROOM = "room", _("Said in a room")

    privacy = columns(
        working="words project kind known_as whose strand labels came_by batch agreed "
        "asked answers",
        personal_blank="author given_name",
        hidden="receipt",  # names nobody; by it the author sees that the words are gone
        hidden_blank="form_key",
    )
    held = Held(
        _("That you said something, and how you wanted to be known"),
        why=_("So that you can follow what became of it, and take it back."),
        until=_("As long as your words."),
        person="author",
        receipt="receipt",
        brings="words",
        but="agreed labels answers",  # a count of few people; references
    )

    words = models.OneToOneField(
        Words, primary_key=True, on_delete=models.PROTECT, related_name="voice"
    )
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="voices")
    kind = models.CharField(max_length=9, choices=Kind)
    known_as = models.CharField(max_length=8, choices=KnownAs, default=KnownAs.UNLINKED)
    whose = models.CharField(max_length=9, choices=Whose, blank=True)
    strand = models.ForeignKey(Strand, null=True, on_delete=models.SET_NULL, related_name="voices")
    labels = ArrayField(models.UUIDField(), default=list, blank=True, size=2)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="voices"
    )
    receipt = models.ForeignKey(
        Receipt, null=True, on_delete=models.SET_NULL, related_name="voices"
    )
    given_name = models.BinaryField(
        null=True
    )  # sealed: a guest's name, or how support may reach them
    form_key = models.BinaryField(max_length=32, null=True, unique=True)  # one form, one voice
    came_by = models.CharField(max_length=8, choices=CameBy, default=CameBy.WRITTEN)
    batch = models.ForeignKey("Batch", null=True, on_delete=models.SET_NULL, related_name="voices")
    agreed = models.PositiveIntegerField(
        default=0
    )  # "true for me too"; shown through releases only
    asked = models.CharField(max_length=300, blank=True, db_default="")  # staff's own question
    answers = models.UUIDField(null=True)  # what it was said in: a question, a conversation, a room

    class Meta:
        indexes = [
            models.Index(fields=["project", "kind"], name="voice_kind"),
            models.Index(
                fields=["answers"], name="voice_answers", condition=models.Q(answers__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(known_as="unlinked") | models.Q(author=None, given_name=None),
                name="unlinked_voices_have_no_author",
            ),
            models.CheckConstraint(
                condition=models.Q(labels__len__lte=2) | models.Q(labels__len=None),
                name="two_labels",
            ),
        ]

    @property
    def ref(self) -> UUID:
        """The voice's reference, the same as its words'."""
        return self.words_id


class TrueForMe(models.Model):
    """Someone says it is true for them too: a keyed mark, one a person and voice."""

    privacy = columns(working_drop="ref voice", hidden_drop="mark")
    held = Held(
        _("A mark for “true for me too”, which names nobody"),
        why=_("So that nobody counts twice."),
        clocks=(closed("voice__project", MONTH, _("%(time)s after the project ends.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="agreements")
    mark = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["voice", "mark"], name="true_once_a_person")]


class Draft(models.Model):
    """What a member has begun to write, sealed, until they send it or leave it for 30 days."""

    privacy = columns(personal_drop="person", working_drop="ref project on", words_drop="sealed")
    held = Held(
        _("What you have begun to write"),
        why=_("So that nothing you typed is lost."),
        clocks=(after("on", MONTH, _("%(time)s after you last wrote in it.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts"
    )
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="drafts")
    sealed = models.BinaryField()
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "project"], name="one_draft")]


class Batch(models.Model):
    """A file of voices that was brought in: its fingerprint, so that twice is noticed."""

    privacy = columns(working="ref project by on count", hidden="fingerprint")
    held = Held(
        _("The fingerprint of a file that was brought in"),
        why=_("So that the same file is not brought in twice."),
        clocks=(closed("project", MONTH, _("%(time)s after the project ends.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="batches")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    count = models.PositiveIntegerField()
    fingerprint = models.BinaryField(max_length=32)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "fingerprint"], name="one_batch_a_file")
        ]


class ClassSession(models.Model):
    """A class that speaks under one code, for some hours. Nothing that is said points to it."""

    privacy = columns(working="ref project code name strand slips started_by on until")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="classes")
    code = models.CharField(max_length=6, unique=True)  # Crockford letters: /c/K7M3QX
    name = models.CharField(max_length=60)
    strand = models.ForeignKey(Strand, null=True, on_delete=models.SET_NULL, related_name="+")
    slips = models.BooleanField(default=True)  # whether pupils may take a receipt on paper
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    until = models.DateTimeField()


class AuthorLook(models.Model):
    """Someone of the support team looked at who said something, and wrote down why."""

    privacy = columns(working="ref voice by on", words="because")
    held = Held(
        _("Who looked at how you may be reached, and why"),
        why=_("So that nobody looks without a reason."),
        until=_("As long as your words."),
        within="voice",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="looks")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    because = models.TextField(max_length=600, null=True)  # noqa: DJ001  null once erased


class Door(models.Model):
    """A way in beside the box: a survey, a conversation, a quick question; and what came of it."""

    privacy = columns(open="ref project way title path until shut")

    ref = models.UUIDField(primary_key=True)  # that of the thing it leads to
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="doors")
    way = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    path = models.CharField(max_length=200)
    until = models.DateTimeField(null=True)
    shut = models.BooleanField(default=False, db_default=False)  # the path tells what came of it

    class Meta:
        indexes = [models.Index(fields=["project", "title"], name="door_project")]

    @property
    def last_on(self) -> date | None:
        """The last day on which it stands open."""
        return self.until and timezone.localdate(self.until - timedelta(seconds=1))
