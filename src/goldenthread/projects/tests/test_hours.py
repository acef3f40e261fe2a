"""Staffed hours as arithmetic: holidays, gaps, nights and clock changes. No database."""

import itertools
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.kit import bank_holidays
from goldenthread.projects import hours
from goldenthread.projects.hours import Off, Rota, Shift
from goldenthread.projects.wording import say_gap

ROSA, SAM = UUID(int=1), UUID(int=2)
LONDON = ZoneInfo("Europe/London")
ALWAYS = (date(2020, 1, 1), None)


def weekly(*weekdays: int, reader: UUID = ROSA, **given: object) -> tuple[Shift, ...]:
    since, until = given.get("since", time(9)), given.get("until", time(17))
    stand_in = bool(given.get("stand_in"))
    return tuple(Shift(reader, day, since, until, stand_in, *ALWAYS) for day in weekdays)


def rota(*shifts: Shift, off: tuple[Off, ...] = (), nation: str = "england") -> Rota:
    return Rota(shifts or weekly(0, 1, 2, 3, 4), off, nation, LONDON)


def at(month: int, day: int, hour: int, minute: int = 0, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=LONDON)


@pytest.mark.parametrize(
    ("nation", "day", "holiday"),
    [
        ("england", date(2026, 4, 6), True),
        ("scotland", date(2026, 4, 6), False),
        ("scotland", date(2026, 1, 2), True),
        ("england", date(2026, 1, 2), False),
        ("northern-ireland", date(2026, 3, 17), True),
        ("wales", date(2026, 3, 17), False),
        ("wales", date(2027, 12, 27), True),  # Christmas Day falls on a Saturday
        ("england", date(2022, 9, 19), True),  # proclaimed: a state funeral
        ("nowhere", date(2026, 12, 25), False),
    ],
)
def test_each_nation_has_its_bank_holidays(nation: str, day: date, holiday: object) -> None:
    assert bool(bank_holidays.name_of(nation, day)) is holiday


def test_before_a_long_weekend_the_gap_is_said() -> None:
    """Early May: Monday is a bank holiday, so that nobody reads from Friday to Tuesday."""
    gap = hours.gap_ahead(rota(), now=at(5, 1, 10))
    assert gap == (at(5, 1, 17), at(5, 5, 9))
    assert say_gap(gap, now=at(5, 1, 10)) == "Nobody reads between Friday 5 pm and Tuesday 9 am."
    assert hours.gap_ahead(rota(), now=at(5, 3, 12)) == gap  # while it lasts, too
    assert hours.gap_ahead(rota(), now=at(5, 5, 10)) is None  # over
    assert hours.gap_ahead(rota(), now=at(4, 28, 10)) is None  # days before it


def test_control_without_holidays_the_gap_would_be_shorter() -> None:
    gap = hours.gap_ahead(rota(nation=""), now=at(5, 1, 10))
    assert gap == (at(5, 1, 17), at(5, 4, 9))


def test_a_night_is_no_gap_and_a_long_one_is_said_with_its_days() -> None:
    assert hours.gap_ahead(rota(), now=at(3, 10, 18)) is None
    closed = Off(date(2026, 12, 19), date(2027, 1, 3), note="Christmas closure")
    gap = hours.gap_ahead(rota(off=(closed,)), now=at(12, 18, 12))
    assert say_gap(gap, now=at(12, 18, 12)) == (
        "Nobody reads between Friday 18 December 2026, 5 pm and Monday 4 January 2027, 9 am."
    )


def test_over_a_holiday_the_clock_stands_still() -> None:
    """Thursday before Easter at four: one hour is left, then Tuesday."""
    came = at(4, 2, 16)
    assert hours.due_after(rota(), hours=4, now=came) == at(4, 7, 17)
    assert hours.due_after(rota(nation="scotland"), hours=4, now=came) == at(4, 6, 17)
    assert hours.due_after(rota(), hours=None, days=3, now=came) == at(4, 9, 17)


def test_who_reads_on_a_holiday_because_it_was_put_down_for_that_day_counts() -> None:
    only = Shift(SAM, 0, time(10), time(12), False, *ALWAYS, date(2026, 4, 6))
    there = rota(*weekly(0, 1, 2, 3, 4), only)
    assert hours.next_of(there, now=at(4, 2, 18)) == at(4, 6, 10)


def test_a_night_shift_runs_past_midnight_and_is_cut_there() -> None:
    night = rota(*weekly(4, since=time(22), until=time(2)))
    found = list(hours.stretches(night, after=at(3, 13, 12), until=at(3, 15, 12)))
    assert found == [(at(3, 13, 22), at(3, 14, 0)), (at(3, 14, 0), at(3, 14, 2))]
    assert hours.next_of(night, now=at(3, 14, 1)) == at(3, 14, 1)
    assert hours.on_now(night, now=at(3, 14, 1))[0][0].reader == ROSA
    assert hours.weekly_hours(night) == 4


def test_a_shift_until_midnight_ends_there() -> None:
    late = rota(*weekly(1, since=time(20), until=time(0)))
    found = list(hours.stretches(late, after=at(3, 10, 12), until=at(3, 11, 12)))
    assert found == [(at(3, 10, 20), at(3, 11, 0))]


@pytest.mark.parametrize(("day", "length"), [((3, 29), 3), ((10, 25), 5)])
def test_the_night_of_a_clock_change_is_as_long_as_it_is(day: tuple[int, int], length: int) -> None:
    there = rota(*weekly(6, since=time(0), until=time(4)))
    found = hours.staffed_between(there, since=at(*day, 0), until=at(*day, 12))
    assert found == timedelta(hours=length)


def test_where_a_reader_is_away_someone_is_missing_until_another_reads() -> None:
    away = Off(date(2026, 3, 11), date(2026, 3, 12), reader=ROSA)
    alone = rota(*weekly(0, 1, 2, 3, 4), off=(away,))
    missing = hours.uncovered(alone, now=at(3, 10, 10))
    assert [each.day for each in missing] == [date(2026, 3, 11), date(2026, 3, 12)]
    instead = Shift(SAM, 2, time(9), time(17), False, *ALWAYS, date(2026, 3, 11))
    helped = rota(*weekly(0, 1, 2, 3, 4), instead, off=(away,))
    assert [each.day for each in hours.uncovered(helped, now=at(3, 10, 10))] == [date(2026, 3, 12)]
    stands_in = weekly(2, 3, reader=SAM, stand_in=True)
    both = rota(*weekly(0, 1, 2, 3, 4), *stands_in, off=(away,))
    assert hours.uncovered(both, now=at(3, 10, 10)) == []


def test_who_reads_now_and_next() -> None:
    there = rota(*weekly(1, until=time(13)), *weekly(1, reader=SAM, since=time(13)))
    now, following = hours.on_now(there, now=at(3, 10, 10)), hours.on_next(there, now=at(3, 10, 10))
    assert [(shift.reader, end) for shift, end in now] == [(ROSA, at(3, 10, 13))]
    assert [(shift.reader, start) for shift, start in following] == [(SAM, at(3, 10, 13))]
    assert hours.ended(there, ROSA, since=at(3, 10, 12, 50), now=at(3, 10, 13))
    assert not hours.ended(there, SAM, since=at(3, 10, 14), now=at(3, 10, 15))


SHIFTS = st.builds(
    Shift,
    reader=st.sampled_from([ROSA, SAM]),
    weekday=st.integers(0, 6),
    from_time=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    until_time=st.times().map(lambda each: each.replace(second=0, microsecond=0)),
    stand_in=st.booleans(),
    starts_on=st.just(date(2020, 1, 1)),
    ends_on=st.none(),
)
OFF = st.builds(
    lambda day, length, reader: Off(day, day + timedelta(days=length), reader),
    st.dates(date(2026, 1, 1), date(2027, 1, 31)),
    st.integers(0, 20),
    st.sampled_from([None, ROSA]),
)
ROTAS = st.builds(
    Rota,
    st.lists(SHIFTS, max_size=6).map(tuple),
    st.lists(OFF, max_size=3).map(tuple),
    st.sampled_from(["england", "scotland", "wales", "northern-ireland"]),
    st.just(LONDON),
)
MOMENTS = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


@given(ROTAS, MOMENTS)
def test_stretches_are_in_order_apart_and_never_on_a_closed_day(there: Rota, now: datetime) -> None:
    found = list(hours.stretches(there, after=now, until=now + timedelta(days=20)))
    for start, end in found:
        assert now <= start < end
        assert end <= there.midnight(there.day_of(start) + timedelta(days=1))
    assert all(one[1] <= other[0] for one, other in itertools.pairwise(found))


@given(ROTAS, MOMENTS)
def test_what_is_read_first_is_never_due_later_and_all_within_a_working_day(
    there: Rota, now: datetime
) -> None:
    first = hours.due_after(there, hours=4, now=now)
    due = hours.due_after(there, hours=8, now=now)
    assert now < first <= due
    later = {there.day_of(start) for start, _ in hours.stretches(there, after=now, until=due)}
    assert len(later - {there.day_of(now)}) <= 1


@given(ROTAS, MOMENTS, st.integers(0, 600))
def test_what_comes_later_is_never_due_sooner(there: Rota, now: datetime, minutes: int) -> None:
    later = now + timedelta(minutes=minutes)
    assert hours.due_after(there, hours=8, now=now) <= hours.due_after(there, hours=8, now=later)


@given(ROTAS, MOMENTS)
def test_in_a_gap_that_is_said_nobody_reads(there: Rota, now: datetime) -> None:
    gap = hours.gap_ahead(there, now=now)
    if gap is not None:
        assert not list(hours.stretches(there, after=gap[0], until=gap[1]))
        assert gap[1] > now
