"""Scheduled work: the Monday mail."""

from datetime import datetime

from goldenthread.kit.schedule import every
from goldenthread.pages import monday

BATCHES = 10  # a round lets other work through


@every(minutes=1)
def write_on_mondays(*, now: datetime) -> None:
    """Write to members for whom something waits, from Monday at seven on."""
    for _batch in range(BATCHES):
        if not monday.write_batch(now=now):
            break
