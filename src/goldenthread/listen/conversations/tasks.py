"""Scheduled work of this room."""

from datetime import datetime

from goldenthread.kit.schedule import daily, every
from goldenthread.listen.conversations import services


@every(minutes=2)
def refresh_counters(*, now: datetime) -> None:
    """Look what has been answered, so that new statements come soon and none too often."""
    services.recount(now=now)


@daily(at="04:05")
def close_what_is_over(*, now: datetime) -> None:
    """Close conversations whose project has stopped listening."""
    services.close_due(now=now)


@daily(at="04:20")
def freeze_maps(*, now: datetime) -> None:
    """Count anew where ten more people have answered."""
    services.freeze_all_due(now=now)
