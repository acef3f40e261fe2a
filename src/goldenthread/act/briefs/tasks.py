from datetime import datetime

from goldenthread.act.briefs import services
from goldenthread.kit.schedule import daily


@daily(at="07:40")
def remind_of_briefs(*, now: datetime) -> None:
    """Write to those who decide, three days before a brief is due, and once it is late."""
    services.remind(now=now)
