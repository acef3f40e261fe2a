"""Reports of what people see, appeals of authors, and complaints. None of them names anyone."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.organisations.models import Organisation
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


class Report(models.Model):
    """Someone says that something which people can see should not be there."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("It stays as it is")
        MASKING = "masking", _("Hide it, and mask details")
        SECOND = "second", _("Hide it until a second reader has looked")
        REMOVAL = "removal", _("Ask a co-lead to take it down")
        PUT_RIGHT = "put-right", _("The people who wrote it put it right")

    privacy = columns(
        working="ref project kind about words because received_on due_at outcome decided_by "
        "decided_on",
        hidden="receipt",
        words_blank="note",
    )
    held = Held(
        _("That you reported something, and why"),
        why=_("So that you can see what was decided."),
        clocks=(after("decided_on", YEAR, _("%(time)s after it was decided.")),),
        receipt="receipt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=20)
    about = models.UUIDField()
    words = models.ForeignKey(Words, null=True, on_delete=models.CASCADE, related_name="reports")
    because = models.CharField(max_length=20)
    note = models.TextField(max_length=1000, null=True)  # noqa: DJ001  null once destroyed
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.SET_NULL, related_name="+")
    received_on = models.DateField()
    due_at = models.DateTimeField()  # a moment of the rota
    outcome = models.CharField(max_length=9, choices=Outcome, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_on = models.DateField(null=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["project", "due_at"],
                condition=models.Q(decided_on=None),
                name="reports_waiting",
            )
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_on=None, outcome="")
                | models.Q(decided_on__isnull=False) & ~models.Q(outcome=""),
                name="decided_reports_say_how",
            )
        ]


class Appeal(models.Model):
    """An author does not agree that their words were taken down."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("They stay down")
        OVERTURNED = "overturned", _("They are shown again")

    privacy = columns(
        working="ref words asked_on due_on outcome decided_by decided_on", words_blank="text answer"
    )
    held = Held(
        _("Why you did not agree that your words were taken down"),
        why=_("So that someone else can look at it."),
        until=_("As long as the words it is about."),
        within="words",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    words = models.OneToOneField(Words, on_delete=models.CASCADE, related_name="appeal")
    text = models.TextField(max_length=2000, null=True)  # noqa: DJ001  null once destroyed
    asked_on = models.DateField()
    due_on = models.DateField()
    outcome = models.CharField(max_length=10, choices=Outcome, blank=True)
    answer = models.TextField(max_length=2000, null=True)  # noqa: DJ001  null once destroyed
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(decided_on=None, outcome="")
                | models.Q(decided_on__isnull=False) & ~models.Q(outcome=""),
                name="decided_appeals_say_how",
            )
        ]


class Complaint(models.Model):
    """Someone complains to an organisation: about the service, conduct, or how it was handled."""

    class About(models.TextChoices):
        TREATED = "treated", _("How someone treated me")
        DECISION = "decision", _("What was decided about words, mine or others’")
        REPORT = "report", _("How my report or appeal was handled")
        PROJECT = "project", _("How a project is run")
        SERVICE = "service", _("Something else here")

    privacy = columns(
        working="ref organisation about received_on acknowledge_by acknowledged_on answered_on "
        "answered_by",
        hidden="receipt",
        words_blank="text answer",
    )
    held = Held(
        _("What you complained of, and the answer"),
        why=_("So that you get an answer, and we can show that you did."),
        clocks=(after("answered_on", 2 * YEAR, _("%(time)s after it was answered.")),),
        receipt="receipt",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="complaints"
    )
    about = models.CharField(max_length=8, choices=About)
    text = models.TextField(max_length=4000, null=True)  # noqa: DJ001  null once destroyed
    receipt = models.ForeignKey(Receipt, null=True, on_delete=models.SET_NULL, related_name="+")
    received_on = models.DateField()
    acknowledge_by = models.DateField()
    acknowledged_on = models.DateField(null=True)
    answer = models.TextField(max_length=4000, null=True)  # noqa: DJ001  null once destroyed
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | models.Q(acknowledged_on__isnull=False),
                name="answered_complaints_are_acknowledged",
            )
        ]
