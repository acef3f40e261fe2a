from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.people.contacts import services


@daily(at="03:40")
def shuffle_in(*, now: datetime) -> None:
    """Mix what people left during the day, so that nothing tells who came when."""
    services.shuffle_in(now=now)
