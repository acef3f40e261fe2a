"""Who reads now and next, who is away, and which stretches nobody takes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.kit.text import say_day, say_hour
from goldenthread.people.accounts.models import Person
from goldenthread.projects import hours, rota
from goldenthread.projects.models import DayOff, Duty, Project, ProjectRole
from goldenthread.projects.queries.finding import by_ref
from goldenthread.projects.roles import held_by, in_good_standing
from goldenthread.projects.wording import WEEKDAYS, say_gap, say_moment
from goldenthread.projects.work import Does, Work, lists

Name = ProjectRole.Name
AHEAD = 14  # days
SOON = timedelta(days=2)


@dataclass(frozen=True)
class Missing:
    """A stretch that nobody reads because its reader is away."""

    start: str  # as it is sent back
    text: str


@dataclass(frozen=True)
class Away:
    """Days off, as a line; `ref` only where this person may take them back."""

    text: str
    ref: str = ""


@dataclass(frozen=True)
class ReadingTimes:
    """What the page of the reading times shows."""

    now: list[str]
    following: list[str]
    gap: str
    missing: list[Missing]
    away: list[Away]
    who: list[tuple[str, str, Person | None]]
    reads: bool


def reading_times(
    project: Project, *, visible_to: Person, prepares: bool, now: datetime
) -> ReadingTimes:
    """Read who reads now, next and not at all in the coming fortnight. Three queries."""
    today = clock.today(now)
    roles = list(
        in_good_standing()
        .filter(project=project, name=Name.READER)
        .select_related("person")
        .order_by("person__name", "starts_on")
    )
    off = list(DayOff.objects.filter(project=project, ends_on__gte=today).order_by("starts_on"))
    week = rota.rota_from(project, Duty.objects.filter(project=project), roles, off)
    people = {each.person_id: each.person for each in roles}
    return ReadingTimes(
        now=[
            _("%(who)s, until %(when)s") % {"who": _named(people[each.reader]), "when": _hour(end)}
            for each, end in hours.on_now(week, now=now)
        ],
        following=[
            _("%(who)s, from %(when)s")
            % {"who": _named(people[each.reader]), "when": say_moment(start)}
            for each, start in hours.on_next(week, now=now)
        ],
        gap=say_gap(hours.gap_ahead(week, now=now), now=now),
        missing=[_missing(people, each) for each in hours.uncovered(week, now=now, days=AHEAD)],
        away=[
            _away(people, each, mine=prepares or each.reader_id == visible_to.pk) for each in off
        ],
        who=_who(people, visible_to, prepares=prepares),
        reads=visible_to.pk in people,
    )


def day_off_in(project: Project, ref: str) -> DayOff | None:
    """Return the days off of this project with that ref."""
    rows: QuerySet[DayOff] = DayOff.objects.filter(project=project)
    return by_ref(rows.select_related("project__organisation"), ref)


def _who(
    people: dict[UUID, Person], person: Person, *, prepares: bool
) -> list[tuple[str, str, Person | None]]:
    if not prepares:
        return [(str(person.ref), _("I am away"), person)]
    says = _("%(who)s is away")
    readers = [(str(each.ref), says % {"who": _named(each)}, each) for each in people.values()]
    return [("nobody", _("Nobody reads: the project is closed"), None), *readers]


def _missing(people: dict[UUID, Person], gap: hours.Uncovered) -> Missing:
    text = _("%(day)s, %(from)s to %(until)s: %(who)s is away.") % {
        "day": _weekday(gap.day),
        "from": _hour(gap.start),
        "until": _hour(gap.end),
        "who": _named(people[gap.reader]),
    }
    return Missing(gap.start.isoformat(), text)


def _away(people: dict[UUID, Person], off: DayOff, *, mine: bool) -> Away:
    who = _named(people[off.reader_id]) if off.reader_id in people else _("A reader")
    says = _("%(who)s is away") % {"who": who} if off.reader_id else off.note or _("Closed")
    return Away(f"{says}: {_days(off.starts_on, off.ends_on)}", str(off.ref) if mine else "")


def _days(first: date, last: date) -> str:
    if first == last:
        return say_day(first)
    return _("%(from)s to %(until)s") % {"from": say_day(first), "until": say_day(last)}


def _weekday(day: date) -> str:
    return _("%(weekday)s %(day)s") % {"weekday": _(WEEKDAYS[day.weekday()]), "day": say_day(day)}


def _hour(moment: datetime) -> str:
    return say_hour(timezone.localtime(moment))


def _named(person: Person) -> str:
    return person.name or person.email


def _absences(
    person: Person, projects: Iterable[Project], *, now: datetime
) -> Iterator[QuerySet[DayOff]]:
    """Days of the coming fortnight on which readers of this person's projects are away."""
    known, today = {project.ref for project in projects}, clock.today(now)
    wanted = {Name.READER, Name.FACILITATOR, Name.CO_LEAD}
    here = {role.project_id for role in held_by(person, now=now) if role.name in wanted}
    yield DayOff.objects.filter(
        project__in=here & known,
        reader__isnull=False,
        ends_on__gte=today,
        starts_on__lt=today + timedelta(days=AHEAD),
    )


@lists(Does.READ, when=_absences)
def to_stand_in(person: Person, projects: Iterable[Project], *, now: datetime) -> list[Work]:
    """Stretches of the coming fortnight that nobody reads: readers are asked, organisers told."""
    here = {project.ref: project for project in projects}
    (away,) = _absences(person, here.values(), now=now)
    some = set(away.values_list("project_id", flat=True))
    weeks = rota.rotas_of([here[ref] for ref in some]) if some else {}
    return [work for ref, week in weeks.items() for work in _gaps_in(here[ref], week, person, now)]


def _gaps_in(project: Project, week: hours.Rota, person: Person, now: datetime) -> list[Work]:
    found = [
        each for each in hours.uncovered(week, now=now, days=AHEAD) if each.reader != person.pk
    ]
    if not found:
        return []
    first = found[0]
    text, more = _("Nobody reads on %(day)s: %(title)s"), len(found) - 1
    if more:
        text = ngettext(
            "Nobody reads on %(day)s and %(n)s more: %(title)s",
            "Nobody reads on %(day)s and %(n)s more: %(title)s",
            more,
        )
    text %= {"day": _weekday(first.day), "n": more, "title": project.title}
    href = reverse("projects:reading_times", args=[project.address])
    return [Work(text, href, "overdue" if first.start - now < SOON else "due")]
