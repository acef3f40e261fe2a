"""What is done again after a restore: receipts that their holders closed stay closed."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.people.receipts.models import Receipt
from goldenthread.people.receipts.services import CLOSED
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays


@replays(CLOSED)
def closed(acts: Sequence[Act], *, now: datetime) -> int:
    """Close them again."""
    del now
    refs = [act.about for act in acts]
    return Receipt.objects.filter(ref__in=refs, closed=False).update(closed=True)
