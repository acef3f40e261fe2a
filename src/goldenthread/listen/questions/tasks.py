"""Scheduled work of this room."""

from datetime import datetime

from goldenthread.kit.schedule import every
from goldenthread.listen.questions import services


@every(minutes=1)
def end_due(*, now: datetime) -> None:
    """End questions whose time is over."""
    services.end_due(now=now)


@every(minutes=30)
def mix_choices(*, now: datetime) -> None:
    """Write what people chose anew, in no order, while questions are open."""
    services.mix_choices(now=now)
