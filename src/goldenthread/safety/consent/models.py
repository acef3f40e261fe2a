"""What people agreed to, a purpose each; and that a second reader let words be quoted."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import Held
from goldenthread.kit.privacy import columns
from goldenthread.safety.reading.models import Words


class Consent(models.Model):
    """What an author agreed to about their words. It goes with them, and names nobody."""

    class Purpose(models.TextChoices):
        QUOTE = "quote", _("Quoting the words elsewhere")
        REACH = "reach", _("Being known to the support team")

    class How(models.TextChoices):
        FORM = "form", _("On the page where they spoke")
        PAPER = "paper", _("On paper")
        LATER = "later", _("Afterwards, on their own page")

    privacy = columns(working_drop="ref words purpose version how given_on withdrawn_on round")
    held = Held(
        _("What you agreed to about your words"),
        why=_("So that we use them only as you said, and can show what you were asked."),
        until=_("As long as the words it is about."),
        within="words",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="consents")
    purpose = models.CharField(max_length=5, choices=Purpose)
    version = models.PositiveSmallIntegerField()  # of the statement that was shown
    how = models.CharField(max_length=5, choices=How)
    given_on = models.DateField()
    withdrawn_on = models.DateField(null=True)
    round = models.PositiveSmallIntegerField(default=1)  # given again after it was taken back

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["words", "purpose", "round"], name="one_consent_a_round"
            ),
            models.UniqueConstraint(
                fields=["words", "purpose"],
                condition=models.Q(withdrawn_on=None),
                name="one_consent_in_force",
            ),
        ]
        indexes = [
            models.Index(
                fields=["words"],
                condition=models.Q(purpose="quote", withdrawn_on=None),
                name="consent_to_quote",
            )
        ]

    @property
    def with_words(self) -> bool:
        """Whether it was given as the words were sent: then their commitment holds it."""
        return self.how != self.How.LATER


class QuoteLook(models.Model):
    """A second reader says whether words may be quoted as they were shown on that day."""

    privacy = columns(working_drop="ref words seen agreed by on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.ForeignKey(Words, on_delete=models.CASCADE, related_name="quote_looks")
    seen = models.PositiveIntegerField()  # the version of the words: another one is looked at anew
    agreed = models.BooleanField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["words", "seen"], name="one_second_look_a_version")
        ]
