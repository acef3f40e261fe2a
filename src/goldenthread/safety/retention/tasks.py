"""Scheduled work: erasing what is due."""

from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.safety.retention import scrubbing, services


@daily(at="02:45")
def sweep(*, now: datetime) -> None:
    """Erase what is due."""
    services.sweep(now=now)


@daily(at="03:25")
def scrub(*, now: datetime) -> None:
    """Rewrite the files from which something was erased."""
    del now
    scrubbing.scrub()
