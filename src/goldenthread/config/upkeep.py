"""What the installation does for itself, by the clock."""

from datetime import datetime, timedelta

from django_tasks_db.models import DBTaskResult

from goldenthread.kit.models import Round
from goldenthread.kit.schedule import daily, every

HEARTBEAT_EVERY = timedelta(seconds=30)


@every(seconds=30)
def heartbeat(*, now: datetime) -> None:
    """Do nothing: that this round moves on shows that a worker is alive."""


def worker_alive(now: datetime) -> bool:
    """Whether a worker has moved the heartbeat lately."""
    name = f"{heartbeat.__module__}.{heartbeat.__name__}"
    return Round.objects.filter(name=name, due_at__gt=now - 3 * HEARTBEAT_EVERY).exists()


@daily("03:10")
def forget_finished_tasks(*, now: datetime) -> None:
    """Delete tasks a day after they were done, a month after they failed for good."""
    DBTaskResult.objects.successful().filter(finished_at__lt=now - timedelta(days=1)).delete()
    DBTaskResult.objects.failed().filter(finished_at__lt=now - timedelta(days=30)).delete()
