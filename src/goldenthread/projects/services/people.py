"""Who does what in a project, and when readers read."""

from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Membership
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.projects import events, permissions
from goldenthread.projects.asking import asked_in, link_to
from goldenthread.projects.helping import called
from goldenthread.projects.models import Duty, Partner, Project, ProjectRole
from goldenthread.projects.roles import held, in_good_standing
from goldenthread.projects.services.guards import locked, require, require_not_closed
from goldenthread.thread.services import record

Name = ProjectRole.Name
NOT_YOURS = gettext_lazy("Only an administrator or facilitator of the organisation gives roles.")
ROTA_NOT_YOURS = gettext_lazy("Only those who prepare this project change the rota.")
SOMEBODY_ELSE = gettext_lazy(
    "Somebody else must give you this role: it opens words that nobody has read yet."
)
DAY = 24 * 60  # minutes
LONGEST_STRETCH = 12 * 60  # minutes; one that ends before it begins runs past midnight
NEVER_WITHOUT = (Name.SAFEGUARDER, Name.DECISION_MAKER)  # once the project has opened
NEVER_YOURSELF = (Name.READER, Name.SAFEGUARDER)  # nobody lets themselves in to unread words


@transaction.atomic
def give_role(
    *,
    by: Person,
    project: Project,
    email: str = "",
    person: Person | None = None,
    name: str,
    starts_on: date,
    ends_on: date | None = None,
    stands_in: bool = False,
    now: datetime,
) -> ProjectRole:
    """Give a role to a member of an organisation that the project belongs to.

    :raises Refusal: not theirs to give, nobody there by that e-mail, the person has the role, or
        the project is closed and does not need it any more
    """
    project = _staffed(by, project, name, now)
    person = _member(project, email, person)
    _check_role(by, person, name, starts_on, ends_on)
    if stands_in and name != Name.SAFEGUARDER:
        raise Refusal(_("Only a safeguarder has a deputy."), field="stands_in")
    _check_free(project, person, name, starts_on, ends_on)
    role = ProjectRole.objects.create(
        project=project,
        person=person,
        name=name,
        stands_in=stands_in,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    facts = {"role": str(name)}
    _ask_to_help(by, role)
    record(events.ROLE_GIVEN, about=role.ref, project=project.ref, facts=facts, now=now)
    return role


def _staffed(by: Person, project: Project, name: str, now: datetime) -> Project:
    """Take hold of a project in which someone says who has this role.

    :raises Refusal: not theirs to say, or the project is closed and does not need it any more
    """
    require(allowed=permissions.runs_a_partner(by, project, now=now), otherwise=NOT_YOURS)
    project = locked(project)
    if name not in permissions.roles_given_in(project):
        require_not_closed(project)
    return project


def _ask_to_help(by: Person, role: ProjectRole) -> None:
    """Write who asks, for what, what can change and by when people hear."""
    if role.person == by:
        return
    write_letter(
        key=f"asked:{role.ref}",
        text="asked-to-help",
        link=link_to("role", role.ref, by=by),
        names={
            **asked_in(role.project),
            "asks": by.name or by.email,
            "role": called(role),
        },
        person=role.person,
    )


@transaction.atomic
def end_role(*, by: Person, role: ProjectRole, ends_on: date | None = None, now: datetime) -> None:
    """End a role: at once, or on a day to come. What ends at once does not count today any more.

    :raises Refusal: not theirs to end, or the project would be left without
    """
    project = _staffed(by, role.project, role.name, now)
    ref, name, today = role.ref, role.name, clock.today(now)
    _refuse_longer(by, role, ends_on)
    _keep_one(role, ends_on if ends_on is not None and ends_on >= today else None, now)
    if ends_on is not None and ends_on >= max(today, role.starts_on):
        role.ends_on = ends_on
        role.save(update_fields=["ends_on"])
    elif role.starts_on >= today:
        role.delete()
    else:
        role.ends_on = date.fromordinal(today.toordinal() - 1)
        role.save(update_fields=["ends_on"])
    facts = {"role": str(name)}
    record(events.ROLE_ENDED, about=ref, project=project.ref, facts=facts, now=now)


def _refuse_longer(by: Person, role: ProjectRole, ends_on: date | None) -> None:
    """Refuse that people let themselves in for longer, or keep a lent reader past the days."""
    if role.ends_on is None or ends_on is None or ends_on <= role.ends_on:
        return
    if role.lent_by_id is not None:
        says = _("This reader is lent until %(day)s. Ask those who lend them for longer.")
        raise Refusal(says % {"day": say_day(role.ends_on)}, field="ends_on")
    if role.person_id == by.pk and role.name in NEVER_YOURSELF:
        raise Refusal(SOMEBODY_ELSE, field="ends_on")


def _keep_one(role: ProjectRole, ends_on: date | None, now: datetime) -> None:
    """Refuse what would leave a project without the role: no concern waits for nobody."""
    if role.project.state == Project.State.DRAFT or role.name not in NEVER_WITHOUT:
        return
    day = ends_on or clock.today(now)
    after = Q(ends_on=None) | Q(ends_on__gt=day)
    others = in_good_standing().filter(
        after, project=role.project, name=role.name, starts_on__lte=day + timedelta(days=1)
    )
    if held(now).filter(ref=role.ref).exists() and not others.exclude(ref=role.ref).exists():
        name = str(role.get_name_display()).lower()
        says = _(
            "This is the only %(role)s of this project. Give the role to someone else first, "
            "or let its holder hand it over."
        )
        raise Refusal(says % {"role": name})


@transaction.atomic
def keep_open_projects_safe(*, leaving: Membership, now: datetime) -> None:
    """Refuse that a member leaves who alone does in an open project what it is never without.

    :raises Refusal: they are its only safeguarder or decision-maker
    """
    others = Membership.objects.filter(person=leaving.person_id, suspended_on=None)
    elsewhere = Partner.objects.filter(
        project=OuterRef("project"),
        waiting_since=None,
        organisation__in=others.exclude(ref=leaving.ref).values("organisation"),
    )
    roles = held(now).filter(
        ~Exists(elsewhere),
        person=leaving.person_id,
        name__in=NEVER_WITHOUT,
        project__partners__organisation=leaving.organisation_id,
    )
    for role in roles.order_by("project", "ref"):
        role.project = locked(role.project)
        _keep_one(role, None, now)


@transaction.atomic
def add_duty(
    *,
    by: Person,
    project: Project,
    reader: Person,
    weekdays: list[int],
    from_time: time,
    until_time: time,
    stand_in: bool,
    now: datetime,
) -> list[Duty]:
    """Put a reader on the rota, on one weekday or several.

    :raises Refusal: not theirs to change, no reader, or the times do not fit
    """
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=ROTA_NOT_YOURS)
    project = locked(project)
    require_not_closed(project)
    _check_duty(project, reader, weekdays, from_time, until_time)
    duties = [
        Duty.objects.create(
            project=project,
            reader=reader,
            weekday=weekday,
            from_time=from_time,
            until_time=until_time,
            stand_in=stand_in,
        )
        for weekday in sorted(set(weekdays))
    ]
    _record_rota(project, now)
    return duties


@transaction.atomic
def remove_duty(*, by: Person, duty: Duty, now: datetime) -> None:
    """Take a stretch off the rota.

    :raises Refusal: not theirs to change
    """
    project = duty.project
    require(allowed=permissions.may_prepare(by, project, now=now), otherwise=ROTA_NOT_YOURS)
    duty.delete()
    _record_rota(locked(project), now)


@transaction.atomic
def pass_on_hours(*, role: ProjectRole, to: Person, now: datetime) -> None:
    """Give the weekly hours of a reader to whoever follows. Whoever calls has asked who may."""
    weekly = Duty.objects.filter(project=role.project, reader_id=role.person_id, only_on=None)
    passed = Duty.objects.bulk_create(
        Duty(
            project=role.project,
            reader=to,
            weekday=each.weekday,
            from_time=each.from_time,
            until_time=each.until_time,
            stand_in=each.stand_in,
        )
        for each in weekly
    )
    if passed:
        _record_rota(locked(role.project), now)


def _record_rota(project: Project, now: datetime) -> None:
    facts = {"stretches": Duty.objects.filter(project=project).count()}
    record(events.ROTA_CHANGED, about=project.ref, project=project.ref, facts=facts, now=now)


def _member(project: Project, email: str, person: Person | None) -> Person:
    named = Q(person__email__iexact=email.strip()) if person is None else Q(person=person)
    belongs = (
        Membership.objects.filter(
            named,
            Q(person=person) | ~Q(person__email=""),
            person__is_active=True,
            suspended_on=None,
            organisation__partnerships__project=project,
            organisation__partnerships__waiting_since=None,
        )
        .select_related("person")
        .first()
    )
    if belongs is None:
        raise Refusal(
            _(
                "No member of the organisations of this project uses that e-mail. "
                "Invite the person first, or check the spelling."
            ),
            field="email",
        )
    return belongs.person


def _check_role(
    by: Person, person: Person, name: str, starts_on: date, ends_on: date | None
) -> None:
    if person == by and name in NEVER_YOURSELF:
        raise Refusal(SOMEBODY_ELSE, field="name")
    if ends_on is not None and ends_on < starts_on:
        raise Refusal(_("The role ends before it begins."), field="ends_on")


def _check_free(
    project: Project, person: Person, name: str, starts_on: date, ends_on: date | None
) -> None:
    overlapping = ProjectRole.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=starts_on), project=project, person=person, name=name
    )
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    if overlapping.exists():
        raise Refusal(_("This person has that role on these days already."), field="email")


def _check_duty(
    project: Project, reader: Person, weekdays: list[int], from_time: time, until_time: time
) -> None:
    if not weekdays:
        raise Refusal(_("Choose at least one day of the week."), field="weekdays")
    if _length(from_time, until_time) > LONGEST_STRETCH:
        raise Refusal(
            _("A stretch is at most twelve hours. Is it the wrong way round?"), field="until_time"
        )
    reads = in_good_standing().filter(project=project, person=reader, name=Name.READER)
    if not reads.exists():
        raise Refusal(_("Only a reader of this project can be on the rota."), field="reader")
    theirs = Duty.objects.filter(project=project, reader=reader, only_on=None)
    taken = {
        minute for each in theirs for minute in _week(each.weekday, each.from_time, each.until_time)
    }
    if any(minute in taken for day in weekdays for minute in _week(day, from_time, until_time)):
        raise Refusal(
            _("This reader is on the rota at that time already, on one of these days."),
            field="from_time",
        )


def _length(from_time: time, until_time: time) -> int:
    """Return how many minutes a stretch lasts, also past midnight; a whole day if both are one."""
    minutes = (until_time.hour - from_time.hour) * 60 + until_time.minute - from_time.minute
    return minutes % DAY or DAY


def _week(weekday: int, from_time: time, until_time: time) -> set[int]:
    """Return the minutes of the week that a stretch covers."""
    first = weekday * DAY + from_time.hour * 60 + from_time.minute
    return {minute % (7 * DAY) for minute in range(first, first + _length(from_time, until_time))}
