"""Scheduled work: erasing what is due."""

from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.safety.retention import services


@daily(at="02:45")
def sweep(*, now: datetime) -> None:
    """Erase what is due."""
    services.sweep(now=now)
