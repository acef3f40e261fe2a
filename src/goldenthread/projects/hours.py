"""Staffed hours: arithmetic over a weekly rota, its days off and its zone. No database."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from uuid import UUID

from django.utils.translation import gettext

from goldenthread.kit import bank_holidays

HORIZON = timedelta(days=62)  # how far ahead we look for staffed hours
ONE_DAY = timedelta(days=1)
Stretch = tuple[datetime, datetime]


@dataclass(frozen=True)
class Shift:
    """One weekly stretch, on the days on which its reader holds the role; or one on a single day.

    A shift whose end is not later than its beginning runs past midnight.
    """

    reader: UUID
    weekday: int
    from_time: time
    until_time: time
    stand_in: bool
    starts_on: date
    ends_on: date | None
    only_on: date | None = None

    def falls_on(self, day: date) -> bool:
        """Return whether it begins on that day, days off left aside."""
        wanted = self.weekday == day.weekday() if self.only_on is None else self.only_on == day
        return wanted and self.covers(day)

    def covers(self, day: date) -> bool:
        """Return whether its reader holds the role on that day."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    @property
    def overnight(self) -> bool:
        """Return whether it ends on the day after it began."""
        return self.until_time <= self.from_time


@dataclass(frozen=True)
class Off:
    """Days on which one reader is away, or, without a reader, on which nobody reads."""

    starts_on: date
    ends_on: date
    reader: UUID | None = None
    note: str = ""

    def covers(self, day: date) -> bool:
        """Return whether it covers that day."""
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Rota:
    """Who reads when: the shifts, the days off, the nation whose bank holidays count, the zone."""

    shifts: tuple[Shift, ...] = ()
    off: tuple[Off, ...] = ()
    nation: str = ""
    zone: tzinfo = UTC

    def why_closed(self, day: date) -> str:
        """Return why nobody is expected to read on that day: a bank holiday, or closed days."""
        closed = (
            each.note or gettext("Closed")
            for each in self.off
            if not each.reader and each.covers(day)
        )
        return bank_holidays.name_of(self.nation, day) or next(closed, "")

    def is_away(self, reader: UUID, day: date) -> bool:
        """Return whether that reader is away on that day."""
        return any(each.reader == reader and each.covers(day) for each in self.off)

    def is_worked(self, shift: Shift, day: date) -> bool:
        """Return whether a shift begins on that day and is worked.

        What was put on the rota for that one day is worked on a holiday too.
        """
        if not shift.falls_on(day) or self.is_away(shift.reader, day):
            return False
        return shift.only_on is not None or not self.why_closed(day)

    def moments(self, shift: Shift, day: date) -> Stretch:
        """Return when a shift of that day begins and ends."""
        last = day + ONE_DAY if shift.overnight else day
        return self._at(day, shift.from_time), self._at(last, shift.until_time)

    def day_of(self, moment: datetime) -> date:
        """Return the day in the zone of the rota."""
        return moment.astimezone(self.zone).date()

    def midnight(self, day: date) -> datetime:
        """Return when that day begins."""
        return self._at(day, time())

    def _at(self, day: date, moment: time) -> datetime:
        return datetime.combine(day, moment, tzinfo=self.zone).astimezone(UTC)


def stretches(rota: Rota, *, after: datetime, until: datetime) -> Iterator[Stretch]:
    """Walk the staffed stretches that end later than `after`, without overlap, first one first.

    They are cut at midnight, so that the end of one never lies further off than its day.
    """
    day, last = rota.day_of(after), rota.day_of(until)
    while rota.shifts and day <= last:
        for start, end in _staffed_on(rota, day):
            if end > after and start < until:
                yield max(start, after), end
        day += ONE_DAY


def _staffed_on(rota: Rota, day: date) -> list[Stretch]:
    begins, ends = rota.midnight(day), rota.midnight(day + ONE_DAY)
    found = [
        rota.moments(shift, on)
        for on in (day - ONE_DAY, day)
        for shift in rota.shifts
        if (on == day or shift.overnight) and rota.is_worked(shift, on)
    ]
    return merged((max(start, begins), min(end, ends)) for start, end in found)


def merged(found: Iterable[Stretch]) -> list[Stretch]:
    """Join stretches that touch or overlap; those without length are left out."""
    joined: list[Stretch] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def next_of(rota: Rota, *, now: datetime) -> datetime | None:
    """Return the beginning of the next staffed stretch: `now` itself while one runs."""
    return next((start for start, _ in stretches(rota, after=now, until=now + HORIZON)), None)


def staffed_between(rota: Rota, *, since: datetime, until: datetime) -> timedelta:
    """Return how much staffed time lies between two moments."""
    found = stretches(rota, after=since, until=until)
    return sum((min(end, until) - start for start, end in found), timedelta())


def due_after(rota: Rota, *, hours: int | None, days: int = 1, now: datetime) -> datetime:
    """Return by when what comes in at `now` is read: within so many staffed hours and days.

    The end of the stretch in which the hours run out, or of the last stretch of the `days`-th
    staffed day after today, whichever comes first. Never a moment counted from `now`: it is kept
    beside words, and would tell when they were written. Where the rota holds too few hours, plain
    hours or days count, to the end of that day: what nobody reads is soon overdue.
    """
    left = HORIZON if hours is None else timedelta(hours=hours)
    last_end, later = now, {rota.day_of(now)}
    for start, end in stretches(rota, after=now, until=now + HORIZON):
        day = rota.day_of(start)
        if day not in later and len(later) > days:
            return last_end
        later.add(day)
        if end - start >= left:
            return end
        left -= end - start
        last_end = end
    if len(later) > days:
        return last_end
    plain = days * ONE_DAY if hours is None else timedelta(hours=hours)
    return rota.midnight(rota.day_of(now + plain) + ONE_DAY)


def gap_ahead(rota: Rota, *, now: datetime, notice: timedelta = ONE_DAY) -> Stretch | None:
    """Return the long gap we are in or about to be in: at least one whole day without a reader.

    From the end of one stretch to the beginning of the next; said from `notice` before it begins.
    """
    last_end: datetime | None = None
    for start, end in stretches(rota, after=now - HORIZON / 2, until=now + HORIZON):
        if last_end is not None and start > now and _spans_a_day(rota, last_end, start):
            return last_end, start
        if end > now + notice:
            break
        last_end = end
    return None


def _spans_a_day(rota: Rota, start: datetime, end: datetime) -> bool:
    return rota.midnight(rota.day_of(start - timedelta.resolution) + ONE_DAY) + ONE_DAY <= end


def weekly_hours(rota: Rota) -> int:
    """Return how many whole hours a usual week is staffed; what overlaps counts once."""
    monday = date(2001, 1, 8)  # any week without a clock change or a holiday
    usual = tuple(
        replace(each, starts_on=monday - ONE_DAY, ends_on=None)
        for each in rota.shifts
        if each.only_on is None
    )
    week = Rota(shifts=usual, zone=rota.zone)
    since = week.midnight(monday)
    total = staffed_between(week, since=since, until=week.midnight(monday + 7 * ONE_DAY))
    return int(total / timedelta(hours=1))


@dataclass(frozen=True)
class Uncovered:
    """A stretch on which a reader is away and nobody else reads."""

    day: date
    start: datetime
    end: datetime
    reader: UUID


def uncovered(rota: Rota, *, now: datetime, days: int = 14) -> list[Uncovered]:
    """Return what is on the rota in the coming days but will not be read: its reader is away."""
    today = rota.day_of(now)
    found = []
    for day in (today + number * ONE_DAY for number in range(days)):
        lost = [each for each in rota.shifts if _is_lost(rota, each, day)]
        for shift in sorted(lost, key=lambda each: each.from_time):
            start, end = rota.moments(shift, day)
            if end > now and not _is_read(rota, start, end):
                found.append(Uncovered(day, start, end, shift.reader))
    return found


def _is_lost(rota: Rota, shift: Shift, day: date) -> bool:
    planned = shift.falls_on(day) and not shift.stand_in
    closed = shift.only_on is None and bool(rota.why_closed(day))
    return planned and not closed and rota.is_away(shift.reader, day)


def _is_read(rota: Rota, start: datetime, end: datetime) -> bool:
    """Return whether somebody reads during at least half of it."""
    return staffed_between(rota, since=start, until=end) * 2 >= end - start


def on_now(rota: Rota, *, now: datetime) -> list[tuple[Shift, datetime]]:
    """Return the shifts that run now, with when each ends; readers before those who stand in."""
    found = [
        (shift, rota.moments(shift, day))
        for day in (rota.day_of(now) - ONE_DAY, rota.day_of(now))
        for shift in rota.shifts
        if rota.is_worked(shift, day)
    ]
    running = [(shift, end) for shift, (start, end) in found if start <= now < end]
    return sorted(running, key=lambda each: (each[0].stand_in, each[1], str(each[0].reader)))


def on_next(rota: Rota, *, now: datetime) -> list[tuple[Shift, datetime]]:
    """Return the shifts that begin next, with when they begin."""
    today = rota.day_of(now)
    for day in (today + number * ONE_DAY for number in range(HORIZON.days)):
        worked = [each for each in rota.shifts if rota.is_worked(each, day)]
        later = [(each, rota.moments(each, day)[0]) for each in worked]
        later = [(each, start) for each, start in later if start > now]
        if later:
            first = min(start for _, start in later)
            found = [(each, start) for each, start in later if start == first]
            return sorted(found, key=lambda each: (each[0].stand_in, str(each[0].reader)))
    return []


def ended(rota: Rota, reader: UUID, *, since: datetime, now: datetime) -> bool:
    """Return whether a shift of that reader that ran at `since` has ended, and none runs now."""
    runs = {shift.reader for shift, _ in on_now(rota, now=now)}
    ran = {shift.reader for shift, _ in on_now(rota, now=since)}
    return reader in ran and reader not in runs
