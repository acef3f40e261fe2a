from datetime import datetime

from goldenthread.kit.schedule import daily, every
from goldenthread.safety.reading import services


@every(minutes=1)
def put_back(*, now: datetime) -> None:
    """Put back what a reader opened half an hour ago, or what is open when their time ends."""
    services.expire_claims(now=now)
    services.end_shifts(now=now)


@daily(at="00:30")
def forget_skips(*, now: datetime) -> None:
    """Offer again what readers put back yesterday."""
    services.forget_skips(now=now)


@every(minutes=1)
def watch(*, now: datetime) -> None:
    """Close boxes whose readers are too late; open them when they have caught up."""
    services.watch(now=now)


@daily(at="02:30")
def destroy_due(*, now: datetime) -> None:
    """Destroy words that were taken back seven days ago."""
    services.destroy_due(now=now)
