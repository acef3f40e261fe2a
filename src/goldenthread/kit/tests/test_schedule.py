from datetime import UTC, datetime, timedelta

import pytest

from goldenthread.kit import schedule
from goldenthread.kit.models import Round
from goldenthread.kit.testing.queries import at_most

NOW = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def done(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """Only one piece of work is declared: every five minutes it notes when it ran."""
    monkeypatch.setattr(schedule, "_scheduled", {})
    ran: list[datetime] = []

    @schedule.every(minutes=5)
    def note(*, now: datetime) -> None:
        ran.append(now)

    return ran


def test_work_is_done_once_a_round(done: list[datetime]) -> None:
    for minute in range(11):
        schedule.run_due(NOW + timedelta(minutes=minute))
    assert done == [NOW, NOW + timedelta(minutes=5), NOW + timedelta(minutes=10)]


def test_two_workers_do_not_do_the_same_round(done: list[datetime]) -> None:
    assert schedule.run_due(NOW)
    assert not schedule.run_due(NOW)
    assert len(done) == 1


@pytest.mark.parametrize("behind", [timedelta(microseconds=1), timedelta(seconds=59)])
def test_a_clock_that_is_a_little_behind_repeats_no_round(
    done: list[datetime], behind: timedelta
) -> None:
    schedule.run_due(NOW)
    assert not schedule.run_due(NOW - behind)
    assert done == [NOW]


def test_each_round_has_the_moment_in_which_it_begins(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schedule, "_scheduled", {})
    began: list[datetime] = []

    @schedule.every(minutes=5)
    def a_long_round(*, now: datetime) -> None:
        began.append(now)

    @schedule.every(minutes=5)
    def b_next_round(*, now: datetime) -> None:
        began.append(now)

    schedule.run_due()
    first, second = began
    assert first < second


def test_a_clock_set_back_stops_nothing_for_longer_than_a_round(done: list[datetime]) -> None:
    schedule.run_due(NOW + timedelta(days=400))
    schedule.run_due(NOW)
    assert done[-1] == NOW


def test_asking_whether_anything_is_due_costs_one_query(done: list[datetime]) -> None:
    schedule.run_due(NOW)
    with at_most(1):
        schedule.run_due(NOW + timedelta(minutes=1))


def test_a_short_round_that_failed_waits_a_minute_too(done: list[datetime]) -> None:
    tried: list[datetime] = []

    @schedule.every(seconds=5)
    def a_failing_round(*, now: datetime) -> None:
        tried.append(now)
        raise RuntimeError

    for second in range(61):
        schedule.run_due(NOW + timedelta(seconds=second))
    assert tried == [NOW, NOW + timedelta(minutes=1)]


def test_after_a_night_without_a_worker_what_was_due_first_is_done_first(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(schedule, "_scheduled", {})
    ran: list[str] = []
    for hour, name in (("09:20", "a_late"), ("03:40", "b_early")):

        def work(*, now: datetime, name: str = name) -> None:
            ran.append(name)

        work.__name__ = name
        schedule.daily(at=hour)(work)
    schedule.run_due(NOW)
    ran.clear()
    schedule.run_due(NOW + timedelta(days=2))
    assert ran == ["b_early", "a_late"]


def test_a_failed_round_comes_again_and_stops_no_other(
    done: list[datetime], caplog: pytest.LogCaptureFixture
) -> None:
    @schedule.every(minutes=60)
    def a_failing_round(*, now: datetime) -> None:
        raise RuntimeError(f"words of a person at {now}")

    schedule.run_due(NOW)
    assert done == [NOW]
    failed = Round.objects.get(name__endswith="a_failing_round")
    assert failed.due_at == NOW + timedelta(minutes=1)
    assert "words of a person" not in caplog.text


@pytest.mark.parametrize(
    ("after", "due"),
    [
        (datetime(2026, 3, 28, 2, 0, tzinfo=UTC), datetime(2026, 3, 28, 3, 30, tzinfo=UTC)),
        (datetime(2026, 3, 28, 12, 0, tzinfo=UTC), datetime(2026, 3, 29, 2, 30, tzinfo=UTC)),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), datetime(2026, 10, 25, 3, 30, tzinfo=UTC)),
        (datetime(2028, 2, 28, 12, 0, tzinfo=UTC), datetime(2028, 2, 29, 3, 30, tzinfo=UTC)),
    ],
    ids=["today", "summer time begins", "summer time ends", "leap day"],
)
def test_daily_work_keeps_its_local_hour(after: datetime, due: datetime) -> None:
    work = schedule.Scheduled("x", lambda: None, None, schedule.time(3, 30))
    assert work.next_due(after) == due
