from datetime import datetime

from goldenthread.example import services
from goldenthread.kit.schedule import every


@every(minutes=10)
def keep_watch(*, now: datetime) -> None:
    """Let the invented keepers look at the record, as real ones do from outside."""
    services.keep_watch(now=now)
