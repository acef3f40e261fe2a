"""Meetings that care: announced only when the promises can be kept."""

from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.kit.held import YEAR, Held, closed
from goldenthread.kit.privacy import columns


class Meeting(models.Model):
    """A meeting of a group."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        ANNOUNCED = "announced", _("Announced")
        HELD = "held", _("Held")
        CANCELLED = "cancelled", _("Cancelled")

    privacy = columns(
        open="ref group title starts_at ends_at place link way_in expenses quiet_space breaks "
        "support_person recorded_how agenda state announced_on notes notes_on next_steps "
        "next_step_on cancelled_because",
        working="sequence",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    title = models.CharField(max_length=120)
    starts_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=200, blank=True)
    link = models.URLField(max_length=300, blank=True)
    way_in = models.TextField(max_length=600, blank=True)
    expenses = models.TextField(max_length=600, blank=True)
    quiet_space = models.CharField(max_length=200, blank=True)
    breaks = models.CharField(max_length=200, blank=True)
    support_person = models.CharField(max_length=200, blank=True)
    recorded_how = models.CharField(max_length=300, blank=True)
    agenda = models.TextField(max_length=2000, blank=True)
    state = models.CharField(max_length=9, choices=State, default=State.DRAFT)
    announced_on = models.DateField(null=True, blank=True)
    cancelled_because = models.CharField(max_length=200, blank=True)
    sequence = models.PositiveSmallIntegerField(default=0)  # of the calendar file
    notes = models.TextField(max_length=6000, blank=True)
    notes_on = models.DateField(null=True, blank=True)
    next_steps = models.TextField(max_length=1000, blank=True)
    next_step_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at=None) | models.Q(ends_at__gt=models.F("starts_at")),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "cancelled"])
                | (
                    models.Q(starts_at__isnull=False)
                    & ~(models.Q(place="") & models.Q(link=""))
                    & ~models.Q(expenses="")
                    & ~models.Q(quiet_space="")
                    & ~models.Q(breaks="")
                    & ~models.Q(support_person="")
                    & ~models.Q(recorded_how="")
                ),
                name="announced_meetings_keep_promises",
            ),
        ]


class Coming(models.Model):
    """Whether someone with a seat comes, and what they said they need."""

    class Answer(models.TextChoices):
        YES = "yes", _("I am coming")
        ONLINE = "online", _("I am joining by link")
        NO = "no", _("I cannot come")

    privacy = columns(working_drop="ref meeting answer came", personal_drop="seat needs")
    held = Held(
        _("Whether you come to a meeting, and what would help you"),
        why=_("So that the meeting suits those who come."),
        until=_("What would help you goes 30 days after the meeting."),
        clocks=(closed("meeting__group__project", YEAR, _("%(time)s after the project ends.")),),
        within="seat",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="coming")
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="coming")
    answer = models.CharField(max_length=6, choices=Answer)
    needs = models.BinaryField(null=True)  # sealed: what would help them take part
    came = models.BooleanField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="one_answer_a_seat")
        ]


class PromiseCheck(models.Model):
    """One contributor's check of the promises after a meeting. The organisers see totals only."""

    privacy = columns(working_drop="ref meeting answers", hidden_drop="mark")
    held = Held(
        _("Whether a meeting kept its promises, under a mark that names nobody"),
        why=_("So that nobody counts twice."),
        clocks=(closed("meeting__group__project", YEAR, _("%(time)s after the project ends.")),),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="checks")
    mark = models.BinaryField(max_length=32)  # keyed: one check a contributor, nobody knows whose
    answers = models.JSONField()  # {"quiet-space": "kept" | "partly" | "not-kept" | "not-relevant"}

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "mark"], name="one_check_a_person")
        ]


class Tally(models.Model):
    """Totals of a group's promise checks, frozen each time ten more have come.

    Never live: from totals before and after one more check, that check could be read.
    """

    privacy = columns(open="ref group number checks totals frozen_on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="tallies")
    number = models.PositiveIntegerField()
    checks = models.PositiveIntegerField()  # how many checks these totals rest on
    totals = models.JSONField()  # as shown: {"quiet-space": {"kept": 10, "partly": null, …}, …}
    frozen_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["group", "number"], name="one_tally_a_number"),
            models.CheckConstraint(
                condition=models.Q(checks__gte=10), name="tallies_rest_on_ten_checks"
            ),
        ]
