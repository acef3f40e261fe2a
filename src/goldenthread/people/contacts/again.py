"""What is done again after a restore: who asked to be forgotten stays forgotten."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.people.contacts import services
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays


@replays(services.FORGOTTEN)
def forgotten(acts: Sequence[Act], *, now: datetime) -> int:
    """Forget them again."""
    del now
    return services.forget_again(marks={act.about for act in acts})
