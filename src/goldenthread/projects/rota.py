"""When somebody reads: the rota of a project as it is kept, handed to the arithmetic of `hours`."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import OuterRef
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from goldenthread.projects import hours
from goldenthread.projects.hours import Off, Rota, Shift, stretches
from goldenthread.projects.models import DayOff, Duty, Project, ProjectRole
from goldenthread.projects.roles import in_good_standing
from goldenthread.projects.wording import WEEKDAYS

SOON = timedelta(days=8)  # a rota is weekly: later than this, nobody is reading now
READ_FIRST_WITHIN = 4  # staffed hours
APPEAL_WITHIN = 3  # staffed days
WORKING_DAYS = 5

__all__ = ["APPEAL_WITHIN", "READ_FIRST_WITHIN", "SOON", "Rota", "Shift", "shifts_of", "stretches"]


def rotas_of(projects: Iterable[Project]) -> dict[UUID, Rota]:
    """Return the rotas of several projects. Three queries."""
    known = {project.ref: project for project in projects}
    readers = in_good_standing().filter(project__in=known, name=ProjectRole.Name.READER)
    duties, roles, off = defaultdict(list), defaultdict(list), defaultdict(list)
    for duty in Duty.objects.filter(project__in=known):
        duties[duty.project_id].append(duty)
    for role in readers:
        roles[role.project_id].append(role)
    for each in DayOff.objects.filter(project__in=known):
        off[each.project_id].append(each)
    return {
        ref: rota_from(project, duties[ref], roles[ref], off[ref]) for ref, project in known.items()
    }


def shifts_of(project: Project) -> Rota:
    """Return the rota of a project; the duties of people who are no readers do not count."""
    return rotas_of([project])[project.ref]


def rota_from(
    project: Project, duties: Iterable[Duty], roles: Iterable[ProjectRole], off: Iterable[DayOff]
) -> Rota:
    """Lay duties, the times of roles and the days off together."""
    return Rota(
        shifts=tuple(_shifts(duties, roles)),
        off=tuple(Off(each.starts_on, each.ends_on, each.reader_id, each.note) for each in off),
        nation=project.organisation.nation,
        zone=timezone.get_default_timezone(),
    )


def _shifts(duties: Iterable[Duty], roles: Iterable[ProjectRole]) -> Iterable[Shift]:
    times = defaultdict(list)
    for role in roles:
        if role.name == ProjectRole.Name.READER:
            times[role.person_id].append((role.starts_on, role.ends_on))
    for duty in duties:
        when = (duty.weekday, duty.from_time, duty.until_time, duty.stand_in)
        for starts_on, ends_on in times[duty.reader_id]:
            yield Shift(duty.reader_id, *when, starts_on, ends_on, duty.only_on)


DAYS_OFF = DayOff.objects.filter(project=OuterRef("project")).values(  # for another query's row
    json=JSONObject(starts_on="starts_on", ends_on="ends_on", reader="reader", note="note")
)


def days_off_from(rows: Iterable[Mapping[str, str]]) -> list[DayOff]:
    """Return the days off that came along with another query."""
    return [
        DayOff(
            starts_on=date.fromisoformat(each["starts_on"]),
            ends_on=date.fromisoformat(each["ends_on"]),
            reader_id=UUID(each["reader"]) if each["reader"] else None,
            note=each["note"],
        )
        for each in rows
    ]


def next_reading(project: Project, *, now: datetime) -> datetime | None:
    """Return when somebody next reads: `now` itself while a stretch runs, None without a rota."""
    return hours.next_of(shifts_of(project), now=now)


def due_after(project: Project, *, first: bool = False, now: datetime) -> datetime:
    """Return by when what comes in at `now` is read: what is read first within four hours."""
    rota = shifts_of(project)
    return hours.due_after(rota, hours=hours_promised(project, first=first), now=now)


def hours_promised(project: Project, *, first: bool = False) -> int:
    """Return within how many staffed hours a project reads: never more for what is read first."""
    promised = project.read_within_hours
    return min(READ_FIRST_WITHIN, promised) if first else promised


def appeal_due_after(project: Project, *, now: datetime) -> datetime:
    """Return by when another reader has looked at what an author does not agree with."""
    return hours.due_after(shifts_of(project), hours=None, days=APPEAL_WITHIN, now=now)


def is_twice_overdue(
    project: Project, *, due_at: datetime, first: bool = False, now: datetime
) -> bool:
    """Return whether what was due at `due_at` has waited twice as long as promised."""
    return now >= due_at and now >= due_after(project, first=first, now=due_at)


def gaps(rota: Rota) -> list[str]:
    """Say in sentences on which working days nobody reads, or nobody stands in."""
    weekly = [each for each in rota.shifts if each.only_on is None]
    sentences = []
    for stand_in, says in (
        (False, _("Nobody reads on %(days)s.")),
        (True, _("Nobody stands in on %(days)s.")),
    ):
        read_on = {each.weekday for each in weekly if not each.stand_in}
        there = {each.weekday for each in weekly if each.stand_in == stand_in}
        wanted = read_on if stand_in else set(range(WORKING_DAYS))
        if absent := sorted(wanted - there):
            sentences.append(says % {"days": _and([_(WEEKDAYS[day]) for day in absent])})
    return sentences


def _and(words: list[str]) -> str:
    *first, last = words
    return (
        _("%(first)s and %(last)s") % {"first": ", ".join(first), "last": last} if first else last
    )
