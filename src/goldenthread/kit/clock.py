"""The one place that knows what time it is."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta

from django.utils import timezone

_frozen: datetime | None = None


def now() -> datetime:
    """Return the present moment, or the one a test has set."""
    return _frozen or timezone.now()


def today(moment: datetime | None = None) -> date:
    """Return the day, as people in the installation's time zone would name it."""
    return timezone.localtime(moment or now()).date()


def midnight(day: date) -> datetime:
    """Return when a day begins, as people in the installation's time zone would say."""
    return datetime.combine(day, time(), tzinfo=timezone.get_default_timezone())


def week_of(moment: datetime | date) -> date:
    """Return the Monday of the week of `moment`."""
    day = today(moment) if isinstance(moment, datetime) else moment
    return day - timedelta(days=day.weekday())


@contextmanager
def frozen(moment: datetime) -> Iterator[None]:
    """Hold the clock still, for tests and for the worked example."""
    global _frozen  # noqa: PLW0603  one clock a process, also for the server thread of a test
    before, _frozen = _frozen, moment
    try:
        yield
    finally:
        _frozen = before
