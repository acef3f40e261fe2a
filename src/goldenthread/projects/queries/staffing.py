"""Who does what in a project, and the week of its readers."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.second_factor import required_if_any
from goldenthread.projects import hours, rota
from goldenthread.projects.models import DayOff, Duty, Project, ProjectRole
from goldenthread.projects.queries.finding import by_ref
from goldenthread.projects.roles import held, in_good_standing, still_belongs
from goldenthread.projects.wording import WEEKDAYS, say_moment, say_time

Name = ProjectRole.Name
SHARP = {Name.READER, Name.SAFEGUARDER}


@required_if_any
def sharp_roles_of(person: Any) -> QuerySet[ProjectRole]:
    """Return the roles in which somebody sees unreleased words: they need a second factor."""
    return held(clock.now()).filter(person=person, name__in=SHARP)


@dataclass(frozen=True)
class RoleGroup:
    """A role, and who holds it now or later."""

    name: str
    title: str
    holders: list[ProjectRole]


def roles_by_name(project: Project, *, now: datetime) -> list[RoleGroup]:
    """Return every role with those who hold it, or will. One query."""
    today = clock.today(now)
    rows = list(
        in_good_standing()
        .filter(Q(ends_on=None) | Q(ends_on__gte=today), project=project)
        .select_related("person", "project")
        .order_by("person__name", "starts_on", "ref")
    )
    return [
        RoleGroup(name, str(title), [each for each in rows if each.name == name])
        for name, title in Name.choices
    ]


def role_rows(groups: list[RoleGroup], *, now: datetime) -> list[tuple[str, str, str]]:
    """Return role, person and days as lines of a table; a role that nobody holds says so."""
    today = clock.today(now)
    return [
        (
            _("%(role)s, deputy") % {"role": group.title} if each.stands_in else group.title,
            _present(each.person),
            _when(each, today),
        )
        for group in groups
        for each in group.holders
    ] + [(group.title, _("Nobody yet"), "") for group in groups if not group.holders]


def _present(person: Person) -> str:
    if person.expected:
        return _("%(who)s, who has not signed in yet") % {"who": _named(person)}
    return _named(person)


def role_in(project: Project, ref: str) -> ProjectRole | None:
    """Return the role of this project with that ref."""
    return by_ref(ProjectRole.objects.filter(project=project).select_related("project"), ref)


def members_without_address(project: Project) -> QuerySet[Person]:
    """Return the members of its organisations to whom nobody can write, by name."""
    standing = still_belongs(OuterRef("pk"), project.ref)
    return Person.objects.filter(standing, email="", is_active=True).order_by("name", "ref")


def duty_in(project: Project, ref: str) -> Duty | None:
    """Return the stretch of this project's rota with that ref."""
    return by_ref(Duty.objects.filter(project=project).select_related("project"), ref)


def role_choices(groups: list[RoleGroup]) -> list[tuple[str, str]]:
    """Return the roles to choose from."""
    return [
        (str(each.ref), f"{_named(each.person)}: {group.title}")
        for group in groups
        for each in group.holders
    ]


@dataclass(frozen=True)
class RotaWeek:
    """The week of the readers, what it lacks, and when somebody next reads."""

    duties: list[Duty]
    gaps: list[str]
    next_reading: str
    readers: list[Person]

    @property
    def rows(self) -> list[tuple[str, str, str]]:
        """Return day, who reads, who stands in, as lines of a table; weekends only if used."""
        used = {each.weekday for each in self.duties} | set(range(rota.WORKING_DAYS))
        return [
            (_(WEEKDAYS[day]), self._on(day, stand_in=False), self._on(day, stand_in=True))
            for day in sorted(used)
        ]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the stretches to choose from."""
        return [
            (str(each.ref), f"{_(WEEKDAYS[each.weekday])}: {self._said(each)}")
            for each in self.duties
        ]

    def _on(self, day: int, *, stand_in: bool) -> str:
        there = [each for each in self.duties if (each.weekday, each.stand_in) == (day, stand_in)]
        return "; ".join(self._said(each) for each in there) or _("Nobody")

    def _said(self, duty: Duty) -> str:
        said = _("%(who)s, %(from)s to %(until)s")
        if duty.reader not in self.readers:
            said = _("%(who)s (no reader any more), %(from)s to %(until)s")
        times = {"from": say_time(duty.from_time), "until": say_time(duty.until_time)}
        return said % {"who": _named(duty.reader), **times}


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
        .select_related("reader", "project")
        .order_by("weekday", "stand_in", "from_time", "ref")
    )
    off = list(DayOff.objects.filter(project=project, ends_on__gte=today).select_related("reader"))
    shifts = rota.rota_from(project, duties, roles, off)
    following = hours.next_of(shifts, now=now)
    return RotaWeek(
        duties=duties,
        gaps=rota.gaps(shifts),
        next_reading=say_moment(following) if following else "",
        readers=list({each.person_id: each.person for each in roles}.values()),
    )


def _named(person: Person) -> str:
    return person.name or person.email


def _when(role: ProjectRole, today: date) -> str:
    if role.starts_on > today and role.ends_on:
        days = {"from": say_day(role.starts_on), "until": say_day(role.ends_on)}
        return _("From %(from)s until %(until)s") % days
    if role.starts_on > today:
        return _("From %(day)s") % {"day": say_day(role.starts_on)}
    if role.ends_on:
        return _("Until %(day)s") % {"day": say_day(role.ends_on)}
    return _("Without an end")
