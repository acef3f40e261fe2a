"""When somebody reads: staffed hours over the weekly rota, in the installation's time zone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

from django.utils import timezone

from goldenthread.projects.models import Duty, Project, ProjectRole
from goldenthread.projects.roles import in_good_standing
from goldenthread.projects.wording import WEEKDAYS

HORIZON = timedelta(days=62)  # how far ahead we look for staffed hours
SOON = timedelta(days=8)  # a rota is weekly: later than this, nobody is reading now

WORKING_DAYS = 5
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Shift:
    """One weekly stretch, on the days on which its reader holds the role."""

    reader: UUID
    weekday: int
    from_time: time
    until_time: time
    stand_in: bool
    starts_on: date
    ends_on: date | None

    def on(self, day: date) -> bool:
        """Return whether it falls on that day."""
        return day.weekday() == self.weekday and self.covers(day)

    def covers(self, day: date) -> bool:
        """Return whether its reader holds the role on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def shifts_of(project: Project) -> list[Shift]:
    """Return the rota of a project; the duties of people who are no readers do not count."""
    readers = in_good_standing().filter(project=project, name=ProjectRole.Name.READER)
    return shifts_from(Duty.objects.filter(project=project), readers)


def shifts_from(duties: Iterable[Duty], roles: Iterable[ProjectRole]) -> list[Shift]:
    """Lay duties and the times of roles together."""
    times: dict[UUID, list[tuple[date, date | None]]] = {}
    for role in roles:
        if role.name == ProjectRole.Name.READER:
            times.setdefault(role.person_id, []).append((role.starts_on, role.ends_on))
    return [
        Shift(duty.reader_id, duty.weekday, duty.from_time, duty.until_time, duty.stand_in, *dates)
        for duty in duties
        for dates in times.get(duty.reader_id, [])
    ]


def stretches(shifts: Iterable[Shift], *, after: datetime, until: datetime) -> Iterator[Stretch]:
    """Walk the staffed stretches that end later than `after`, without overlap, first one first."""
    weekly = list(shifts)
    day, last = timezone.localtime(after).date(), timezone.localtime(until).date()
    while weekly and day <= last:
        for start, end in _merged(_moments(day, each) for each in weekly if each.on(day)):
            if end > after and start < until:
                yield max(start, after), end
        day += timedelta(days=1)


def next_reading(project: Project, *, now: datetime) -> datetime | None:
    """Return when somebody next reads: `now` itself while a stretch runs, None without a rota."""
    return next_of(shifts_of(project), now=now)


def next_of(shifts: Iterable[Shift], *, now: datetime) -> datetime | None:
    """Return the beginning of the next staffed stretch of a rota."""
    return next((start for start, _ in stretches(shifts, after=now, until=now + HORIZON)), None)


def due_after(project: Project, *, now: datetime) -> datetime:
    """Return when what comes in at `now` is due: the end of the stretch of the promised hours.

    Never a moment counted from `now`: it is kept beside words, and would tell when they were
    written. Where the rota holds too few hours, plain hours count, to the end of that day: what
    nobody reads is soon overdue.
    """
    promised = timedelta(hours=project.read_within_hours)
    left = promised
    for start, end in stretches(shifts_of(project), after=now, until=now + HORIZON):
        if end - start >= left:
            return end
        left -= end - start
    day = timezone.localtime(now + promised).date() + timedelta(days=1)
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone()).astimezone(UTC)


def twice_overdue_at(project: Project, *, due_at: datetime) -> datetime:
    """Return when twice the promised staffed hours have passed for what was due at `due_at`."""
    return due_after(project, now=due_at)


def is_twice_overdue(project: Project, *, due_at: datetime, now: datetime) -> bool:
    """Return whether what was due at `due_at` has waited twice as long as promised."""
    return now >= due_at and now >= twice_overdue_at(project, due_at=due_at)


def weekly_hours(shifts: Iterable[Shift]) -> int:
    """Return how many whole hours a week are staffed; what overlaps counts once."""
    any_week = date(2001, 1, 1)  # a Monday without a clock change
    minutes = 0.0
    weekly = list(shifts)
    for number in range(7):
        day = any_week + timedelta(days=number)
        there = (_moments(day, each) for each in weekly if each.weekday == number)
        minutes += sum((end - start) / timedelta(minutes=1) for start, end in _merged(there))
    return int(minutes // 60)


def gaps(shifts: Iterable[Shift]) -> list[str]:
    """Say in sentences on which working days nobody reads, or nobody stands in."""
    weekly = list(shifts)
    sentences = []
    for stand_in, says in ((False, "Nobody reads on {}."), (True, "Nobody stands in on {}.")):
        read_on = {each.weekday for each in weekly if not each.stand_in}
        there = {each.weekday for each in weekly if each.stand_in == stand_in}
        wanted = read_on if stand_in else set(range(WORKING_DAYS))
        if absent := sorted(wanted - there):
            sentences.append(says.format(_and([WEEKDAYS[day] for day in absent])))
    return sentences


def _and(words: list[str]) -> str:
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def _moments(day: date, shift: Shift) -> Stretch:
    zone = timezone.get_default_timezone()
    start = datetime.combine(day, shift.from_time, tzinfo=zone).astimezone(UTC)
    return start, datetime.combine(day, shift.until_time, tzinfo=zone).astimezone(UTC)


def _merged(found: Iterable[Stretch]) -> list[Stretch]:
    merged: list[Stretch] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif end > start:
            merged.append((start, end))
    return merged
