"""One piece of co-production: its terms, its people, its stages."""

from uuid import uuid4

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from goldenthread.kit.held import MONTH, YEAR, Held, after, closed
from goldenthread.kit.privacy import columns
from goldenthread.organisations.models import Organisation


def adults() -> list[str]:
    """Whom a project is for unless it says otherwise."""
    return [Project.Ages.ADULT]


def every_way() -> list[str]:
    """In which ways people may be known unless the project offers fewer."""
    return ["unlinked", "support", "named"]


class Project(models.Model):
    """One piece of co-production, going through the stages."""

    class State(models.TextChoices):
        DRAFT = "draft", _("Being prepared")
        OPEN = "open", _("Open")
        CLOSED = "closed", _("Closed")

    class OpenTo(models.TextChoices):
        EVERYONE = "everyone", _("Everyone; listed on our page")
        LINK = "link", _("Anyone with the link")
        MEMBERS = "members", _("Members only")

    class Ages(models.TextChoices):
        UNDER_11 = "under-11", _("Under 11")
        FROM_11 = "11-12", _("11 and 12")
        FROM_13 = "13-15", _("13 to 15")
        FROM_16 = "16-17", _("16 and 17")
        ADULT = "adult", _("18 and over")

    class Board(models.TextChoices):
        TEAM = "team", _("Only the team reads it. Others see what the team publishes.")
        SHARED = "shared", _("Everyone who sees the project reads it, once a reader has read it.")

    privacy = columns(
        open="ref address short title summary organisation open_to board state opened_on closed_on "
        "box_closed_on box_closed_because ages known_as",
        working="created_on created_by read_within_hours ways",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    address = models.SlugField(max_length=60, unique=True)
    short = models.CharField(max_length=6, unique=True)  # Crockford letters: /s/K7M3QX
    title = models.CharField(max_length=120)
    summary = models.TextField(max_length=600)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="projects"
    )
    open_to = models.CharField(max_length=8, choices=OpenTo, default=OpenTo.EVERYONE)
    board = models.CharField(max_length=6, choices=Board, default=Board.TEAM, db_default="team")
    state = models.CharField(max_length=6, choices=State, default=State.DRAFT)
    ages = ArrayField(
        models.CharField(max_length=8, choices=Ages), default=adults, db_default=["adult"]
    )
    known_as = ArrayField(  # the ways that are offered
        models.CharField(max_length=8),
        default=every_way,
        db_default=["unlinked", "support", "named"],
    )
    read_within_hours = models.PositiveSmallIntegerField(default=8)  # staffed hours, by the rota
    ways = ArrayField(  # to listen, that organisers are offered; null: all there are
        models.SlugField(max_length=20), null=True, blank=True
    )
    box_closed_on = models.DateField(null=True, blank=True)
    box_closed_because = models.CharField(max_length=20, blank=True)
    created_on = models.DateField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="draft") ^ models.Q(opened_on__isnull=False),
                name="open_projects_have_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(box_closed_on=None) ^ ~models.Q(box_closed_because=""),
                name="closed_box_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(ages__len__gte=1, known_as__len__gte=1),
                name="project_is_for_somebody",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def for_under_18(self) -> bool:
        """Whether children or young people are asked."""
        return any(each != self.Ages.ADULT for each in self.ages)

    @property
    def for_under_13(self) -> bool:
        """Whether children are asked who have no account here."""
        return bool({self.Ages.UNDER_11, self.Ages.FROM_11} & set(self.ages))


class Partner(models.Model):
    """An organisation that the project belongs to; none closes it alone."""

    privacy = columns(
        open="ref project organisation controller",
        working="waiting_since agreed_to_close_on agreed_to_close_by",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="partnerships"
    )
    controller = models.BooleanField(default=False)  # data controller, as the terms say
    waiting_since = models.DateField(null=True, blank=True)  # asked, and has not said yes yet
    agreed_to_close_on = models.DateField(null=True, blank=True)
    agreed_to_close_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "organisation"], name="one_partner"),
            models.UniqueConstraint(
                fields=["project", "agreed_to_close_by"], name="one_person_agrees_for_one_partner"
            ),
            models.CheckConstraint(
                condition=models.Q(waiting_since=None)
                | models.Q(controller=False, agreed_to_close_on=None),
                name="waiting_partners_have_no_say",
            ),
        ]


class Terms(models.Model):
    """What is promised before anyone is asked. Versioned; sealed when the project opens."""

    privacy = columns(
        open="ref project version question can_change cannot_change who_decides risks_accepted "
        "what_people_get_back hear_by debrief_on written_on sealed_on change_because commitment",
        hidden="salt",
        working="written_by edits",
    )
    held = Held(
        _("The seal of what was promised before the project began"),
        why=_("So that anyone can check that the promise was not changed."),
        until=_("As long as the project can be seen."),
        nobody=True,
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="terms")
    version = models.PositiveSmallIntegerField()
    edits = models.PositiveIntegerField(default=0)  # two writers never overwrite each other
    question = models.TextField(max_length=300, blank=True)  # a draft may have gaps
    can_change = models.TextField(max_length=1000, blank=True)
    cannot_change = models.TextField(max_length=1000, blank=True)
    who_decides = models.TextField(max_length=1000, blank=True)
    risks_accepted = models.TextField(max_length=1000, blank=True)
    what_people_get_back = models.TextField(max_length=1000, blank=True)
    hear_by = models.DateField()
    debrief_on = models.DateField()
    change_because = models.TextField(
        max_length=600, blank=True
    )  # for every version after the first
    written_on = models.DateField()
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    sealed_on = models.DateField(null=True, blank=True)
    salt = models.BinaryField(max_length=32)
    commitment = models.BinaryField(max_length=32, null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "version"], name="one_terms_a_version"),
            models.CheckConstraint(
                condition=models.Q(sealed_on=None) ^ models.Q(commitment__isnull=False),
                name="sealed_terms_are_committed",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_on=None)
                | ~(
                    models.Q(question="")
                    | models.Q(can_change="")
                    | models.Q(cannot_change="")
                    | models.Q(who_decides="")
                    | models.Q(risks_accepted="")
                    | models.Q(what_people_get_back="")
                ),
                name="sealed_terms_are_whole",
            ),
            models.CheckConstraint(
                condition=models.Q(sealed_on=None)
                | models.Q(version=1)
                | ~models.Q(change_because=""),
                name="new_terms_say_why",
            ),
            models.CheckConstraint(
                condition=models.Q(debrief_on__gte=models.F("hear_by")),
                name="debrief_after_hear_by",
            ),
        ]


class ProjectRole(models.Model):
    """What a person may do in this project, from one day to another."""

    class Name(models.TextChoices):
        CO_LEAD = "co-lead", _("Co-lead")
        FACILITATOR = "facilitator", _("Facilitator")
        READER = "reader", _("Reader")
        SAFEGUARDER = "safeguarder", _("Safeguarder")
        DECISION_MAKER = "decision-maker", _("Decision-maker")

    privacy = columns(
        working_drop="ref project name stands_in starts_on ends_on lent_by waiting_since",
        personal_drop="person",
    )
    held = Held(
        _("A role you have in a project"),
        why=_("So that everyone can see who may do what, also looking back."),
        clocks=(after("ends_on", 2 * YEAR, _("%(time)s after the role ends.")),),
        person="person",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="roles")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="project_roles"
    )
    name = models.CharField(max_length=14, choices=Name)
    stands_in = models.BooleanField(default=False, db_default=False)  # a safeguarder's deputy
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    lent_by = models.ForeignKey(  # no partner: an organisation that lends a reader for a while
        Organisation, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    waiting_since = models.DateField(null=True, blank=True)  # offered, and not accepted yet

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["project", "person", "name", "starts_on"], name="one_project_role"
            ),
            models.CheckConstraint(
                condition=models.Q(lent_by=None, waiting_since=None)
                | models.Q(lent_by__isnull=False, name="reader", ends_on__isnull=False),
                name="only_readers_are_lent_and_for_a_while",
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="project_role_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(stands_in=False) | models.Q(name="safeguarder"),
                name="only_safeguarders_have_deputies",
            ),
        ]


class Duty(models.Model):
    """A stretch of the rota, weekly or on one day: when one reader reads, or stands in.

    One that does not end later than it begins runs past midnight.
    """

    privacy = columns(
        working_drop="ref project weekday from_time until_time stand_in only_on",
        personal_drop="reader",
    )
    held = Held(
        _("When you are on the rota for reading"),
        why=_("So that there is always someone to read."),
        clocks=(closed("project", MONTH, _("%(time)s after the project ends.")),),
        person="reader",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="rota")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="duties"
    )
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday
    from_time = models.TimeField()
    until_time = models.TimeField()
    stand_in = models.BooleanField(default=False)
    only_on = models.DateField(null=True, blank=True)  # one day, for a reader who is away

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(weekday__lte=6), name="seven_weekdays"),
            models.CheckConstraint(
                condition=~models.Q(until_time=models.F("from_time")), name="duty_has_a_length"
            ),
        ]


class DayOff(models.Model):
    """Days on which one reader is away, or, without a reader, on which nobody is asked to read."""

    privacy = columns(working_drop="ref project starts_on ends_on note", personal_drop="reader")
    held = Held(
        _("Days on which you are away from the rota"),
        why=_("So that somebody else reads on these days."),
        clocks=(after("ends_on", MONTH, _("%(time)s after the last of these days.")),),
        person="reader",
    )

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="days_off")
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="days_off",
    )
    starts_on = models.DateField()
    ends_on = models.DateField()
    note = models.CharField(max_length=80, blank=True)  # why the project is closed; people see it

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="day_off_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=models.Q(reader=None) | models.Q(note=""),
                name="nobody_says_why_they_are_away",
            ),
        ]


class Stage(models.Model):
    """The window of one stage of the project."""

    class Name(models.TextChoices):
        LISTEN = "listen", _("Listen")
        EMPOWER = "empower", _("Empower")
        ACT = "act", _("Act")
        DEBRIEF = "debrief", _("Debrief")

    privacy = columns(open="ref project name opens_on closes_on note")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="stages")
    name = models.CharField(max_length=7, choices=Name)
    opens_on = models.DateField()
    closes_on = models.DateField()
    note = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_stage_a_name"),
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")),
                name="stage_closes_after_it_opens",
            ),
        ]


class Strand(models.Model):
    """Some of the people asked (pupils, parents, carers), with a link and poster of their own."""

    privacy = columns(open="ref project name short")

    ref = models.UUIDField(primary_key=True, default=uuid4)
    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="strands")
    name = models.CharField(max_length=60)
    short = models.CharField(max_length=6, unique=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["project", "name"], name="one_strand_a_name")
        ]
