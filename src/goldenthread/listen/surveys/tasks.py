"""Scheduled work of this room."""

from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.listen.surveys import services


@daily(at="03:42")
def drop_old_unfinished(*, now: datetime) -> None:
    """Forget what nobody sent and nobody came back for."""
    services.drop_old(now=now)


@daily(at="03:48")
def close_and_mix(*, now: datetime) -> None:
    """Close surveys whose last day is over, and open answers of which ten wait, mixed."""
    services.close_due(now=now)
    services.mix_all(now=now)
