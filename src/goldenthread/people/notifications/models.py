from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, Clock, Held, after
from goldenthread.kit.privacy import columns


class Letter(models.Model):
    """One mail to one person: which text and which link, never words. Sent by a sweep."""

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    privacy = columns(
        working_drop="ref key text link names state tries not_before sent_on",
        personal_drop="person contact",
    )
    held = Held(
        _("That we wrote to you: which text, never words"),
        why=_("So that we never write to you twice about the same thing."),
        clocks=(
            after("sent_on", 6 * MONTH, _("%(time)s after it was sent.")),
            Clock(
                0,
                _("A letter that could not be sent goes the next night."),
                only={"state": "failed"},
            ),
        ),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    key = models.CharField(max_length=120, unique=True)  # the same cause never writes twice
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE)
    contact = models.UUIDField(null=True)
    text = models.CharField(max_length=60)  # name of a declared letter
    link = models.CharField(max_length=300)  # path on this site
    names = models.JSONField(default=dict)  # of projects, organisations; the record’s seal
    state = models.CharField(max_length=7, choices=State, default=State.WAITING)
    tries = models.PositiveSmallIntegerField(default=0)
    not_before = models.DateTimeField(null=True)  # after a failed try; blank once it is settled
    sent_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["ref"], condition=models.Q(state="waiting"), name="letters_waiting"
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person=None) ^ models.Q(contact=None), name="letter_to_one"
            )
        ]
