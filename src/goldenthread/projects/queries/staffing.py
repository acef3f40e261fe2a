"""Who does what in a project, and the week of its readers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.second_factor import required_if_any
from goldenthread.projects import rota
from goldenthread.projects.models import Duty, Project, ProjectRole
from goldenthread.projects.roles import held, in_good_standing
from goldenthread.projects.wording import WEEKDAYS, say_moment, say_time

Name = ProjectRole.Name
SHARP = {Name.READER, Name.SAFEGUARDER}


@required_if_any
def sharp_roles_of(person: Any) -> QuerySet[ProjectRole]:
    """Return the roles in which somebody sees unreleased words: they need a second factor."""
    return held(clock.now()).filter(person=person, name__in=SHARP)


@dataclass(frozen=True)
class Holder:
    """One person in a role, and when."""

    role: ProjectRole
    name: str
    when: str


@dataclass(frozen=True)
class RoleGroup:
    """A role, and who holds it now or later."""

    name: str
    title: str
    holders: list[Holder]


def roles_by_name(project: Project, *, now: datetime) -> list[RoleGroup]:
    """Return every role with those who hold it, or will. One query."""
    today = clock.today(now)
    rows = (
        in_good_standing()
        .filter(Q(ends_on=None) | Q(ends_on__gte=today), project=project)
        .select_related("person", "project")
        .order_by("person__name", "starts_on", "ref")
    )
    found = [Holder(each, _named(each.person), _when(each, today)) for each in rows]
    return [
        RoleGroup(name, str(title), [each for each in found if each.role.name == name])
        for name, title in Name.choices
    ]


@dataclass(frozen=True)
class Stretch:
    """One line of the rota: who, when, and whether they stand in."""

    duty: Duty
    name: str
    hours: str
    counts: bool


@dataclass(frozen=True)
class Weekday:
    """One day of the rota."""

    name: str
    stretches: list[Stretch]


@dataclass(frozen=True)
class RotaWeek:
    """The week of the readers, what it lacks, and when somebody next reads."""

    days: list[Weekday]
    gaps: list[str]
    next_reading: str
    readers: list[Person]


def rota_week(project: Project, *, now: datetime) -> RotaWeek:
    """Return the rota by weekday. Two queries."""
    today = clock.today(now)
    roles = [
        each
        for each in in_good_standing()
        .filter(project=project, name=Name.READER)
        .select_related("person")
        .order_by("person__name", "starts_on")
        if each.ends_on is None or each.ends_on >= today
    ]
    duties = list(
        Duty.objects.filter(project=project)
        .select_related("reader")
        .order_by("weekday", "stand_in", "from_time", "ref")
    )
    shifts = rota.shifts_from(duties, roles)
    readers = {each.person_id: each.person for each in roles}
    following = rota.next_of(shifts, now=now)
    return RotaWeek(
        days=[_weekday(number, duties, set(readers)) for number in range(len(WEEKDAYS))],
        gaps=rota.gaps(shifts),
        next_reading=say_moment(following) if following else "",
        readers=list(readers.values()),
    )


def _weekday(number: int, duties: list[Duty], readers: set[Any]) -> Weekday:
    stretches = [
        Stretch(
            duty=each,
            name=_named(each.reader),
            hours=f"{say_time(each.from_time)} to {say_time(each.until_time)}",
            counts=each.reader_id in readers,
        )
        for each in duties
        if each.weekday == number
    ]
    return Weekday(WEEKDAYS[number], stretches)


def _named(person: Person) -> str:
    return person.name or person.email


def _when(role: ProjectRole, today: date) -> str:
    if role.starts_on > today and role.ends_on:
        return f"From {say_day(role.starts_on)} until {say_day(role.ends_on)}"
    if role.starts_on > today:
        return f"From {say_day(role.starts_on)}"
    return f"Until {say_day(role.ends_on)}" if role.ends_on else "Without an end"
