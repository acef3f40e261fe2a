"""Telling everyone who spoke, and asking whether it changed for them."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.act.plans.models import Change
from goldenthread.kit.held import YEAR, Held, closed
from goldenthread.kit.privacy import columns
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


class Reply(models.Model):
    """Written once; reaches every voice beneath what it is about, or the one voice it answers."""

    class About(models.TextChoices):
        THEME = "theme", _("Theme")
        DECISION = "decision", _("Decision")
        ACTION = "action", _("Action")
        CHANGE = "change", _("Change")
        VOICE = "voice", _("Voice")
        QUESTION = "question", _("Quick question")

    class State(models.TextChoices):
        DRAFT = "draft", _("Being written")
        SENDING = "sending", _("On its way")
        SENT = "sent", _("Sent")

    privacy = columns(
        open="ref project about_kind about text happens_next signed_by state sent_on "
        "claims evidence since_on change",
        working="written_by written_on reached to_reach cursor salt news_on",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="replies")
    about_kind = models.CharField(max_length=8, choices=About)
    about = models.UUIDField()
    text = models.TextField(max_length=2000)
    happens_next = models.TextField(max_length=600)
    signed_by = models.CharField(max_length=120)
    # A reply to one voice may say what changed because of it; sent, it is claimed as a change.
    claims = models.TextField(max_length=600, blank=True, default="", db_default="")
    evidence = models.TextField(max_length=1000, blank=True, default="", db_default="")
    since_on = models.DateField(null=True)
    change = models.ForeignKey(Change, null=True, on_delete=models.PROTECT, related_name="said_in")
    state = models.CharField(max_length=7, choices=State, default=State.DRAFT)
    written_on = models.DateField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sent_on = models.DateField(null=True)
    salt = models.BinaryField(max_length=32, null=True)  # of the seal in the record
    to_reach = models.PositiveIntegerField(default=0)
    reached = models.PositiveIntegerField(default=0)
    cursor = models.UUIDField(null=True)  # the last voice done: a stopped fan-out goes on from here

    news_on = models.DateField(null=True)  # when those who asked for news were written to

    class Meta:
        indexes = [models.Index(fields=["about"], name="reply_about")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(claims="")
                | models.Q(about_kind="voice", since_on__isnull=False) & ~models.Q(evidence=""),
                name="claims_say_since_when_and_how_to_tell",
            )
        ]


class Told(models.Model):
    """How one reply, or a person by hand, reached one voice. The first three states are told."""

    class State(models.TextChoices):
        SENT = "sent", _("By e-mail")
        OPENED = "opened", _("Opened")
        IN_PERSON = "in-person", _("In person, by phone or letter")
        WAITING = "waiting", _("Waiting behind a receipt")
        BOARD = "board", _("Only on the board")
        COULD_NOT = "could-not", _("Could not be told")

    COUNTS = (State.SENT, State.OPENED, State.IN_PERSON)

    privacy = columns(working="ref reply voice state on by", personal_blank="because")
    held = Held(
        _("How an answer reached you"),
        why=_("So that nobody who spoke is left without an answer."),
        until=_("As long as your words."),
        clocks=(
            closed(
                "voice__project",
                YEAR,
                _("Notes about it go %(time)s after the project ends."),
                empties=True,
            ),
        ),
        within="voice",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    reply = models.ForeignKey(  # none: told by hand, outside any reply
        Reply, null=True, on_delete=models.CASCADE, related_name="told"
    )
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="told")
    state = models.CharField(max_length=9, choices=State)
    on = models.DateField()
    because = models.CharField(  # noqa: DJ001  none: the words are gone, and the reason with them
        max_length=200, blank=True, null=True
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        indexes = [models.Index(fields=["reply", "state"], name="told_state")]
        constraints = [
            models.UniqueConstraint(fields=["voice", "reply"], name="told_once_a_reply"),
            models.UniqueConstraint(
                fields=["voice"], condition=models.Q(reply=None), name="told_by_hand_once"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="could-not") | ~models.Q(because=""),
                name="could_not_says_why",
            ),
        ]


class Confirmation(models.Model):
    """Someone who spoke says whether it changed for them."""

    class Answer(models.TextChoices):
        YES = "yes", _("Yes")
        PARTLY = "partly", _("Partly")
        NO = "no", _("No")
        DONT_KNOW = "dont-know", _("I don't know")

    privacy = columns(working_drop="ref change voice answer on changed", working="words")
    held = Held(
        _("Whether it changed for you"),
        why=_("So that everyone can see whether a change was felt."),
        until=_("As long as your words."),
        within="voice",
        brings="words",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    change = models.ForeignKey(Change, on_delete=models.CASCADE, related_name="confirmations")
    voice = models.ForeignKey(Voice, on_delete=models.CASCADE, related_name="confirmations")
    answer = models.CharField(max_length=9, choices=Answer)
    words = models.OneToOneField(
        Words, null=True, on_delete=models.PROTECT, related_name="confirmation"
    )
    on = models.DateField()
    changed = models.BooleanField(default=False)  # an answer may be changed once

    class Meta:
        constraints = [models.UniqueConstraint(fields=["change", "voice"], name="confirmed_once")]
