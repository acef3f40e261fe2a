from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.listen.summaries import services


@daily(at="02:55")
def let_go(*, now: datetime) -> None:
    """Let sentences go whose every voice was destroyed."""
    services.let_go(now=now)
