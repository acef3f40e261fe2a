"""What is done again after a restore: who was erased from an organisation belongs there no more."""

from collections.abc import Sequence
from datetime import datetime

from goldenthread.kit.erasure import drop
from goldenthread.organisations.models import Membership
from goldenthread.safety.requests import events
from goldenthread.thread.journal import Act
from goldenthread.thread.replaying import replays
from goldenthread.thread.services import record


@replays(events.LEFT.name)
def left(acts: Sequence[Act], *, now: datetime) -> int:
    """Erase again that they belong there; who has joined anew since then has another membership."""
    rows = Membership.objects.filter(ref__in=[act.about for act in acts])
    found = list(rows.values_list("ref", flat=True))
    drop(Membership, found)
    for ref in found:
        record(events.LEFT, about=ref, now=now)
    return len(found)
