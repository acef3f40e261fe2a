from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.listen.candidates import services


@daily(at="04:25")
def drop_old(*, now: datetime) -> None:
    """Let candidates go that nobody has finished for thirty days."""
    services.drop_old(now=now)
