"""What the installation does for itself, by the clock."""

from datetime import datetime, timedelta

from django.conf import settings
from django_tasks_db.models import DBTaskResult

from goldenthread.config import backups, verified
from goldenthread.kit import clock
from goldenthread.kit.models import Round
from goldenthread.kit.schedule import daily, every
from goldenthread.thread import journal

HEARTBEAT_EVERY = timedelta(seconds=30)


@every(seconds=30)
def heartbeat(*, now: datetime) -> None:
    """Do nothing: that this round moves on shows that a worker is alive."""


HEARTBEAT = f"{heartbeat.__module__}.{heartbeat.__name__}"


def beat(now: datetime) -> None:
    """Move the heartbeat on while a worker is busy with something long."""
    due = Round.objects.filter(name=HEARTBEAT, due_at__lte=now)
    due.update(due_at=now + HEARTBEAT_EVERY)


def worker_alive(now: datetime) -> bool:
    """Whether a worker has moved the heartbeat lately."""
    return Round.objects.filter(name=HEARTBEAT, due_at__gt=now - 3 * HEARTBEAT_EVERY).exists()


@daily("03:10")
def forget_finished_tasks(*, now: datetime) -> None:
    """Delete tasks a day after they were done, a month after they failed for good."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - timedelta(days=30)).delete()


@daily("02:50")
def back_up(*, now: datetime) -> None:
    """Write the night's backup, after what is due was destroyed."""
    if settings.BACKUPS is not None:
        backups.back_up(settings.DATA, to=settings.BACKUPS, now=now)


@daily("03:20")
def forget_backups(*, now: datetime) -> None:
    """Destroy the keys of backups 35 days old, and what told of erasures before any of them."""
    backups.forget_old(settings.DATA, folder=settings.BACKUPS, now=now)
    journal.forget_before(clock.today(now) - journal.KEPT_FOR)


@daily("04:10")
def verify_record(*, now: datetime) -> None:
    """Verify the whole record, after the night's entries came in, and keep what was found."""
    verified.verify_and_note(settings.DATA, now=now)
