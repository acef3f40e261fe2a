"""The people who read: their practice, their breaks, who supports them, what they carry."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, YEAR, Held, after
from goldenthread.kit.privacy import columns


class Reader(models.Model):
    """How far someone is as a reader, in whichever project; and who supports them."""

    privacy = columns(
        working_drop="practised_on checked agreed sat_down_at last_read_at",
        personal_drop="person supporter",
    )
    held = Held(
        _("How far you are as a reader, and who supports you"),
        why=_("So that nobody reads unprepared, too long or alone."),
        until=_("As long as you have an account."),
        person="person supporter",
    )

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        primary_key=True,
        on_delete=models.CASCADE,
        related_name="reads_as",
    )
    practised_on = models.DateField(null=True, blank=True)  # all practice voices are answered
    checked = models.PositiveSmallIntegerField(default=0)  # first readings seen by a second reader
    agreed = models.PositiveSmallIntegerField(default=0)  # of these, decided alike
    supporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="supports",
    )
    sat_down_at = models.DateTimeField(null=True, blank=True)  # when this block of reading began
    last_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(agreed__lte=models.F("checked")), name="agreed_among_checked"
            ),
            models.CheckConstraint(
                condition=~models.Q(supporter=models.F("person")), name="nobody_supports_themselves"
            ),
        ]


class PracticeAnswer(models.Model):
    """What a new reader would do with one practice voice."""

    privacy = columns(working_drop="ref voice choice answered_on", personal_drop="person")
    held = Held(
        _("Your answers to the practice voices"),
        why=_("So that you can look at them again while you learn."),
        clocks=(after("answered_on", YEAR, _("%(time)s after the answer.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="practice_answers"
    )
    voice = models.SlugField(max_length=40)
    choice = models.CharField(max_length=12)
    answered_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "voice"], name="one_answer_a_practice_voice")
        ]


class Load(models.Model):
    """How much someone read in a week, and how much of it was heavy: theirs and the supporter's."""

    privacy = columns(working_drop="ref week read heavy", personal_drop="person")
    held = Held(
        _("How much you read in a week, and how much of it was heavy"),
        why=_("So that you and your supporter see what you carry. Nobody else does."),
        clocks=(after("week", 6 * MONTH, _("%(time)s after that week.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="loads"
    )
    week = models.DateField()  # its Monday
    read = models.PositiveIntegerField(default=0)
    heavy = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "week"], name="one_load_a_week"),
            models.CheckConstraint(
                condition=models.Q(heavy__lte=models.F("read")), name="heavy_among_read"
            ),
        ]


class Debrief(models.Model):
    """A reader and their supporter talked on that day. Nothing of what they said is kept."""

    privacy = columns(working_drop="ref on", personal_drop="person")
    held = Held(
        _("That you and your supporter talked on a day, never what about"),
        why=_("So that no week goes by without it."),
        clocks=(after("on", 6 * MONTH, _("%(time)s after that day.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="debriefs"
    )
    on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "on"], name="one_debrief_a_day")]
