from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.safety.looks import services


@daily(at="04:10")
def draw(*, now: datetime) -> None:
    """Draw once a month, on the first night of it or on the next one with a worker."""
    services.draw(now=now)
