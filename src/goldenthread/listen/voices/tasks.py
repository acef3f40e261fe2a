"""Scheduled work of this room."""

from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.listen.voices import services


@daily(at="03:40")
def drop_old_drafts(*, now: datetime) -> None:
    """Forget drafts that were left for thirty days."""
    services.drop_old_drafts(now=now)
