"""What people may ask about their own data, and who answers for an organisation."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.organisations.models import Organisation
from goldenthread.people.receipts.models import Receipt


class DataProtection(models.Model):
    """What an organisation says of itself as data controller, and who answers for it."""

    class Basis(models.TextChoices):
        PUBLIC_TASK = "public-task", _("Our public task: we must hear the people we serve.")
        LEGITIMATE = "legitimate", _("Our legitimate interest: to do our work with people.")
        CONSENT = "consent", _("Your consent, which you can take back.")
        LEGAL_DUTY = "legal-duty", _("A duty that the law puts on us.")

    class Condition(models.TextChoices):
        CONSENT = "explicit-consent", _("Your explicit consent.")
        EQUALITY = "equality", _("To see that people are treated equally.")
        SUPPORT = "support", _("Support for people with a condition, by a not-for-profit.")
        SAFEGUARDING = "safeguarding", _("To keep children and adults at risk safe.")
        HEALTH_CARE = "health-care", _("To run health or social care.")

    privacy = columns(
        open="organisation contact_shown basis condition registered_as officer overseen_by",
        personal_blank="contact",
    )
    held = Held(
        _("That you answer for an organisation’s data"),
        why=_("So that people know whom to ask."),
        until=_("Until somebody else does it, or you close your account."),
        person="contact",
    )

    organisation = models.OneToOneField(
        Organisation, primary_key=True, on_delete=models.CASCADE, related_name="data_protection"
    )
    contact = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    contact_shown = models.TextField(max_length=300, blank=True)  # how anyone may write to them
    basis = models.CharField(max_length=12, choices=Basis, blank=True)
    condition = models.CharField(max_length=16, choices=Condition, blank=True)
    registered_as = models.CharField(max_length=20, blank=True)  # number at the ICO
    officer = models.CharField(max_length=200, blank=True)  # data protection officer
    overseen_by = models.CharField(max_length=200, blank=True)  # who runs the machine


class DataRequest(models.Model):
    """Someone asks about what is held about them, or complains about it."""

    class Kind(models.TextChoices):
        ACCESS = "access", _("See what you hold about me")
        CORRECTION = "correction", _("Put something right")
        ERASURE = "erasure", _("Erase what you hold about me")
        RESTRICTION = "restriction", _("Keep it, but do not use it for now")
        OBJECTION = "objection", _("Stop using it for something")
        COMPLAINT = "complaint", _("Complain about how you use my data")

    HOLDS = (Kind.RESTRICTION, Kind.OBJECTION)  # for these, words can be held back

    class Waits(models.TextChoices):
        IDENTITY = "identity", _("We need to know who you are.")
        CLARITY = "clarity", _("We need to know more precisely what you ask for.")

    class Outcome(models.TextChoices):
        DONE = "done", _("Done")
        PARTLY = "partly", _("Done in part")
        REFUSED = "refused", _("Not done")

    privacy = columns(
        working="ref organisation kind by_letter received_on due_on acknowledged_on extended_on "
        "paused_on paused_for paused_days answered_on outcome answered_by carried_out_on",
        personal_blank="person who",
        hidden="receipt",
        words_blank="text extended_because answer",
    )
    held = Held(
        _("What you asked us about your data, and our answer"),
        why=_("So that you get your answer, and we can show that you did."),
        clocks=(after("answered_on", 3 * YEAR, _("%(time)s after we answered.")),),
        person="person",
        receipt="receipt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="data_requests"
    )
    kind = models.CharField(max_length=11, choices=Kind)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.SET_NULL, related_name="+")
    who = models.BinaryField(null=True)  # sealed: who wrote a letter, and where to answer
    by_letter = models.BooleanField(default=False)
    text = models.BinaryField(null=True)  # sealed
    received_on = models.DateField()
    due_on = models.DateField()
    acknowledged_on = models.DateField(null=True)
    extended_on = models.DateField(null=True)
    extended_because = models.BinaryField(null=True)  # sealed
    paused_on = models.DateField(null=True)
    paused_for = models.CharField(max_length=8, choices=Waits, blank=True)
    paused_days = models.PositiveSmallIntegerField(default=0)
    answered_on = models.DateField(null=True)
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    answer = models.BinaryField(null=True)  # sealed
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    carried_out_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation", "due_on"],
                condition=models.Q(answered_on=None),
                name="requests_open",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None) ^ ~models.Q(outcome=""),
                name="answered_requests_say_how",
            ),
            models.CheckConstraint(
                condition=models.Q(paused_on=None) ^ ~models.Q(paused_for=""),
                name="paused_requests_say_why",
            ),
        ]
