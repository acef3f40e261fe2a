from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.thread import services


@daily(at="03:30")
def append_held(*, now: datetime) -> None:
    """Shuffle the day's acts of contributors into the record."""
    services.append_held(now=now)
