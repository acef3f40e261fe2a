"""Look again: what was drawn for another reader, what they found in all, their own sentences."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.safety.reading.models import Words


class SecondLook(models.Model):
    """Words that wait for a second look. Drawn blindly: it says nothing of hints, and goes."""

    privacy = columns(working_drop="ref words drawn_on", personal_blank="put_back_by")
    held = Held(
        _("That you put something back that you were asked to look at again"),
        why=_("So that it is offered to another reader, and not to you."),
        clocks=(after("drawn_on", MONTH, _("%(time)s after it was drawn.")),),
        person="put_back_by",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="second_looks")
    drawn_on = models.DateField()
    put_back_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:  # no one-to-one link: the words do not go with the row
        constraints = [models.UniqueConstraint(fields=["words"], name="drawn_once")]


class Month(models.Model):
    """What readers found when they looked again at one month's reading: two counts, no more."""

    privacy = columns(working="month looked_at missed")

    month = models.DateField(primary_key=True)  # its first day
    looked_at = models.PositiveIntegerField(default=0)
    missed = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(missed__lte=models.F("looked_at")), name="missed_among_looked_at"
            )
        ]


class Sentence(models.Model):
    """A sentence that a reader made up for the lists. It leads to nobody's words, and to nobody."""

    privacy = columns(working="ref text language month")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    text = models.CharField(max_length=200)
    language = models.CharField(max_length=8)
    month = models.DateField()  # its first day: no day leads to when somebody looked
