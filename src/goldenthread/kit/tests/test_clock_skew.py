"""R7: a clock that goes wrong repeats nothing, skips nothing, and stops nothing."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from goldenthread.kit import clock, schedule

pytestmark = pytest.mark.django_db
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
NIGHT = schedule.time(3, 30)
Ran = list[tuple[date, datetime]]


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> Ran:
    """One daily round is declared; it notes on which day, and when, it was done."""
    monkeypatch.setattr(schedule, "_scheduled", {})
    done: Ran = []

    @schedule.daily("03:30")
    def nightly(*, now: datetime) -> None:
        done.append((clock.today(now), now))

    return done


def hours(start: datetime, number: int) -> Iterator[datetime]:
    """So many hours, one after the other, a worker looking in each ten minutes."""
    for step in range(number * 6):
        yield start + step * timedelta(minutes=10)


NIGHTS = {
    "an ordinary week": datetime(2026, 5, 4, 12, 0, tzinfo=UTC),
    "summer time begins": datetime(2026, 3, 27, 12, 0, tzinfo=UTC),
    "summer time ends": datetime(2026, 10, 23, 12, 0, tzinfo=UTC),
    "29 February": datetime(2028, 2, 27, 12, 0, tzinfo=UTC),
    "new year": datetime(2026, 12, 30, 12, 0, tzinfo=UTC),
}


@pytest.mark.parametrize("start", NIGHTS.values(), ids=NIGHTS)
def test_each_night_has_its_round_once(ran: Ran, start: datetime) -> None:
    schedule.run_due(start)  # a new installation does everything at once
    ran.clear()
    for moment in hours(start, 4 * 24):
        schedule.run_due(moment)
    assert [day for day, _ in ran] == [clock.today(start + n * DAY) for n in range(1, 5)]


@pytest.mark.parametrize("skew", [HOUR, -HOUR, DAY, -DAY, 400 * DAY, -400 * DAY])
def test_a_clock_that_was_wrong_for_an_hour_neither_repeats_nor_stops(
    ran: Ran, skew: timedelta
) -> None:
    start = NIGHTS["an ordinary week"]
    schedule.run_due(start)
    ran.clear()
    for moment in hours(start, 1):
        schedule.run_due(moment + skew)
    for moment in hours(start + HOUR, 3 * 24):
        schedule.run_due(moment)
    right = [day for day, when in ran if when >= start and when < start + 4 * DAY]
    nights = [clock.today(start + n * DAY) for n in range(1, 4)]
    assert set(nights) <= set(right), "a night was left out"
    assert len(ran) <= len(nights) + 2, "a round came again and again"


def test_two_clocks_an_hour_apart_do_a_night_once(ran: Ran) -> None:
    """Two workers on two machines: one is an hour behind the other."""
    start = NIGHTS["an ordinary week"]
    schedule.run_due(start)
    ran.clear()
    for moment in hours(start, 2 * 24):
        schedule.run_due(moment)
        schedule.run_due(moment - HOUR)
    assert len(ran) == 2


def test_a_round_that_keeps_its_moment_by_the_day_alone_is_caught(ran: Ran) -> None:
    """The check itself: a schedule that only asks “is it past half past three?” repeats."""
    start = NIGHTS["an ordinary week"]
    repeated = [now for now in hours(start, 24) if clock.today(now) > clock.today(start)]
    assert len(repeated) > 1
