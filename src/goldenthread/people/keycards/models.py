"""Signing in without e-mail: a printed card, and six figures that only its owner knows."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, Held, after
from goldenthread.kit.privacy import columns


class KeyCard(models.Model):
    """The one card of a person that works: only a stretched, peppered hash of its code is kept."""

    privacy = columns(
        working_drop="ref made_on ends_on misses", personal_drop="person", hidden_drop="drawer auth"
    )
    held = Held(
        _("A scrambled form of the code on your sign-in card"),
        why=_("So that your card lets you in."),
        clocks=(after("ends_on", MONTH, _("%(time)s after the card ends.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="keycard"
    )
    drawer = models.CharField(max_length=4, db_index=True)
    auth = models.BinaryField(max_length=32)
    made_on = models.DateField()
    ends_on = models.DateField()
    misses = models.PositiveSmallIntegerField(default=0)  # wrong numbers since the last right one


class Number(models.Model):
    """The six figures that go with a person's cards, old and new, stretched and peppered."""

    privacy = columns(personal_drop="person", hidden_drop="auth")
    held = Held(
        _("A scrambled form of the six figures that go with your sign-in card"),
        why=_("So that nobody gets in who has only your card, not even those who printed it."),
        until=_("Until you close your account."),
        person="person",
    )

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, primary_key=True, on_delete=models.CASCADE, related_name="+"
    )
    auth = models.BinaryField(max_length=32)
