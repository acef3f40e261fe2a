"""Scheduled work: sending what waits."""

from datetime import datetime

from goldenthread.kit.schedule import every
from goldenthread.people.notifications import services


@every(seconds=20)
def send_waiting(*, now: datetime) -> None:
    """Send letters that wait."""
    services.send_waiting(now=now)
