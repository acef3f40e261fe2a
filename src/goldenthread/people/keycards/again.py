"""What is done again after a restore: cards that were stopped or replaced stay so."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.people.keycards.models import KeyCard
from goldenthread.people.keycards.services import STOPPED
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays


@replays(STOPPED)
def stopped(acts: Sequence[Act], *, now: datetime) -> int:
    """Stop them again."""
    del now
    return KeyCard.objects.filter(ref__in=[act.about for act in acts]).delete()[0]
