"""Concern for a person's safety: for the project's safeguarders alone."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import YEAR, Held, after
from goldenthread.kit.privacy import columns
from goldenthread.projects.models import Project
from goldenthread.safety.concerns.listen import STEPS
from goldenthread.safety.reading.models import Words


class Concern(models.Model):
    """A reader told the safeguarding owner about these words."""

    class Names(models.TextChoices):
        NOBODY = "", _("Nobody who works here")
        STAFF = "staff", _("Someone who works here")
        HEAD = "head", _("The head")

    class Outcome(models.TextChoices):
        HELPED = "helped", _("Help is in place")
        PASSED_ON = "passed-on", _("Another service has taken over")
        NO_RISK = "no-risk", _("Looked into: nobody was at risk")
        NOT_REACHED = "not-reached", _("We could not reach the person")

    class Checked(models.TextChoices):
        YES = "yes", _("Yes, they told us how it is for them now")
        NO_WAY = "no-way", _("No: there is no way to reach them")
        NOT_WANTED = "not-wanted", _("No: they do not want to be asked")

    privacy = columns(
        # The case record outlives the words: its author taking them back does not end the care.
        working="ref project words names owner raised_by raised_on raised_at closed_on closed_by "
        "outcome checked told_others",
        words="why what_was_done told_because",
    )
    held = Held(
        _("What a reader and a safeguarder wrote about someone’s safety"),
        why=_("So that people who look after someone’s safety know what was done."),
        clocks=(after("closed_on", 3 * YEAR, _("%(time)s after it was closed.")),),
        nobody=True,  # handed out by a person, after asking whether it could harm someone
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="concerns")
    words = models.OneToOneField(Words, on_delete=models.PROTECT, related_name="concern")
    names = models.CharField(  # whether it is about someone who works there: others look then
        max_length=5, choices=Names, blank=True, default=Names.NOBODY, db_default=""
    )
    owner = models.ForeignKey(  # in whose hands it is now
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    why = models.TextField(max_length=1000, null=True)  # noqa: DJ001  null once erased
    raised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    raised_on = models.DateField()
    raised_at = models.DateTimeField()
    told_others = models.BooleanField(default=False)
    told_because = models.TextField(max_length=1000, null=True, blank=True)  # noqa: DJ001  null once erased
    what_was_done = models.TextField(max_length=2000, null=True, blank=True)  # noqa: DJ001  null once erased
    outcome = models.CharField(max_length=11, choices=Outcome, blank=True, db_default="")
    checked = models.CharField(max_length=10, choices=Checked, blank=True, db_default="")
    closed_on = models.DateField(null=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None)
                | models.Q(closed_by__isnull=False)
                | models.Q(what_was_done=None),
                name="closed_concern_names_who",
            )
        ]


class ConcernView(models.Model):
    """Who looked at a concern, and when: every look is kept."""

    privacy = columns(working="ref concern viewer on")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="views")
    viewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateTimeField()


class ConcernNote(models.Model):
    """One line of what was done. Lines are added, never changed."""

    privacy = columns(working="ref concern by on place", words="text")
    held = Held(
        _("What was done about a concern"),
        why=_("So that people who look after someone’s safety know what was done."),
        until=_("As long as the concern."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="notes")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    place = models.PositiveSmallIntegerField()  # order of the lines
    text = models.TextField(max_length=2000, null=True)  # noqa: DJ001  null once erased

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "place"], name="one_note_a_place")
        ]


class ListenStep(models.Model):
    """One of the six LISTEN steps of a case: done or not, and a note."""

    privacy = columns(working="ref concern step done who due_on by on", words="text")
    held = Held(
        _("Which steps were taken about a concern"),
        why=_("So that people who look after someone’s safety know what was done."),
        until=_("As long as the concern."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=9)
    done = models.BooleanField()
    text = models.TextField(max_length=2000, null=True, blank=True)  # noqa: DJ001  null once erased
    who = models.CharField(max_length=80, blank=True)  # of the next step
    due_on = models.DateField(null=True)  # likewise
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "step"], name="each_step_once"),
            models.CheckConstraint(
                condition=models.Q(step__in=list(STEPS)), name="steps_are_those_of_listen"
            ),
        ]


class Telling(models.Model):
    """Who was told, or was not, and why. Lines are added, never changed."""

    class Whom(models.TextChoices):
        FAMILY = "family", _("Family, or someone they trust")
        INSIDE = "inside", _("Someone else here")
        SERVICE = "service", _("A health or care service")
        OUTSIDE = "outside", _("An outside body for safeguarding")
        EMERGENCY = "emergency", _("Emergency services, 999")

    privacy = columns(working="ref concern whom told by on place", words="who because")
    held = Held(
        _("Who was told of a concern, or was not, and why"),
        why=_("So that sharing for someone’s safety can be looked at again."),
        until=_("As long as the concern."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    concern = models.ForeignKey(Concern, on_delete=models.CASCADE, related_name="tellings")
    whom = models.CharField(max_length=9, choices=Whom)
    who = models.CharField(max_length=120, null=True, blank=True)  # noqa: DJ001  null once erased
    told = models.BooleanField()
    because = models.TextField(max_length=1000, null=True)  # noqa: DJ001  null once erased
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    on = models.DateField()
    place = models.PositiveSmallIntegerField()  # order of the lines

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["concern", "place"], name="one_telling_a_place")
        ]


class Away(models.Model):
    """Days on which a safeguarder is away: whoever is there looks after concerns."""

    privacy = columns(working_drop="ref project from_on until_on", personal_drop="person")
    held = Held(
        _("When you are away and others look after concerns"),
        why=_("So that somebody is always there."),
        clocks=(after("until_on", YEAR, _("%(time)s after you came back.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    from_on = models.DateField()
    until_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until_on__gte=models.F("from_on")), name="away_ends_after_begin"
            )
        ]
