"""Scheduled work: reminding people of roles that end."""

from datetime import datetime

from goldenthread.handover import services
from goldenthread.kit.schedule import every


@every(minutes=60)
def remind(*, now: datetime) -> None:
    """Write to those whose role ends within sixty days; the same end is told once."""
    services.remind(now=now)
