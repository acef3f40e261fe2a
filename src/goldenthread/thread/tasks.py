from datetime import datetime

from goldenthread.kit.schedule import daily, every
from goldenthread.thread import services


@daily(at="03:30")
def append_held(*, now: datetime) -> None:
    """Shuffle the day's acts of contributors into the record, and sign what stands."""
    services.append_held(now=now)
    services.publish_head(now=now)


@every(minutes=60)
def publish_head(*, now: datetime) -> None:
    """Sign a head for those who keep them, if anything came since the last."""
    services.publish_head(now=now)


@daily(at="04:00")
def check_record(*, now: datetime) -> None:
    """Verify everything: each author's page says in the morning how it stands."""
    services.check_record(now=now)
