from datetime import datetime

from goldenthread.kit.schedule import every
from goldenthread.people.receipts import limits


@every(minutes=60)
def forget_tries(*, now: datetime) -> None:
    """Drop the counts of hours gone by."""
    limits.forget(now=now)
