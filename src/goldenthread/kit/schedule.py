"""Work that comes round by the clock: declared here, run by the worker, once each."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db import transaction
from django.utils import timezone

from goldenthread.kit import clock
from goldenthread.kit.models import Round

Work = Callable[..., object]
SLACK = timedelta(hours=2)  # of nights
SLACK_OF_ROUNDS = timedelta(minutes=1)  # also how long a round waits that failed
log = logging.getLogger("goldenthread.schedule")


@dataclass(frozen=True)
class Scheduled:
    """One piece of recurring work, and when it is due next."""

    name: str
    work: Work
    every: timedelta | None
    at: time | None

    def next_due(self, after: datetime) -> datetime:
        """Return the first moment later than `after`."""
        if self.every is not None:
            return after + self.every
        local = timezone.localtime(after)
        due = datetime.combine(local.date(), self.at or time(), local.tzinfo)
        return due if due > local else due + timedelta(days=1)

    def latest_due(self, now: datetime) -> datetime:
        """Return how late the next round can be due, if the clock was right when it was noted.

        Nights allow for clocks of two machines that differ by an hour or two, other rounds for
        a minute.
        """
        return self.next_due(now + (SLACK if self.every is None else SLACK_OF_ROUNDS))


_scheduled: dict[str, Scheduled] = {}


def every(*, seconds: int = 0, minutes: int = 0) -> Callable[[Work], Work]:
    """Declare work for every so many seconds or minutes; it is called with `now=`."""
    return _declare(timedelta(seconds=seconds, minutes=minutes), None)


def daily(at: str) -> Callable[[Work], Work]:
    """Declare work for once a day at `at` ("03:30", local time); it is called with `now=`."""
    return _declare(None, time.fromisoformat(at))


def _declare(interval: timedelta | None, at: time | None) -> Callable[[Work], Work]:
    def declared(work: Work) -> Work:
        name = f"{work.__module__}.{work.__name__}"
        _scheduled[name] = Scheduled(name, work, interval, at)
        return work

    return declared


def scheduled() -> list[Scheduled]:
    """List all declared work, by name."""
    return sorted(_scheduled.values(), key=lambda each: each.name)


def run_due(now: datetime | None = None) -> list[str]:
    """Do what is due, what was due first, and name it; a failed round comes again.

    Two workers never do the same round. After a night without any, rounds still keep their order.
    Without `now` each round has the moment in which it begins: one before it may have taken long.
    A clock set back does not stop anything for longer than one interval and a minute.
    """
    known = dict(Round.objects.values_list("name", "due_at"))
    began = now or clock.now()
    due = [each for each in scheduled() if _is_due(each, known.get(each.name), began)]
    due.sort(key=lambda each: known.get(each.name, began))
    return [each.name for each in due if _take(each, now or clock.now())]


def _take(each: Scheduled, now: datetime) -> bool:
    return _claim(each, now) and _do(each, now)


def _is_due(each: Scheduled, due_at: datetime | None, now: datetime) -> bool:
    return due_at is None or not now < due_at <= each.latest_due(now)


def _claim(each: Scheduled, now: datetime) -> bool:
    """Take a round that is due, unless another worker was faster."""
    with transaction.atomic():
        Round.objects.get_or_create(name=each.name, defaults={"due_at": now})
        row = Round.objects.select_for_update(no_key=True).get(name=each.name)
        if not _is_due(each, row.due_at, now):
            return False
        row.due_at = each.next_due(now)
        row.save(update_fields=["due_at"])
    return True


def _do(each: Scheduled, now: datetime) -> bool:
    try:
        each.work(now=now)
    except Exception as error:  # noqa: BLE001  one failing round must not stop the others
        failed = {"task": each.name, "kind": type(error).__name__}
        log.error("%(task)s failed: %(kind)s", failed)  # noqa: TRY400  no words in logs
        Round.objects.filter(name=each.name).update(due_at=now + SLACK_OF_ROUNDS)
        return False
    return True
