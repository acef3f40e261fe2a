from datetime import datetime

from goldenthread.kit.schedule import daily
from goldenthread.safety.equality import services


@daily(at="03:50")
def mix_answers(*, now: datetime) -> None:
    """Open batches of ten answers and more, shuffled, before figures are frozen."""
    services.mix_all(now=now)
