"""What the record proves of changes: that they still say what was claimed."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Q, QuerySet

from goldenthread.act.plans.events import CHANGE_CLAIMED
from goldenthread.act.plans.models import Change
from goldenthread.act.plans.seeing import forgotten
from goldenthread.thread.binding import Text, compare, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks


def seal_of_change(change: Change) -> str:
    """Return the seal of what a change says."""
    return seal_of(
        "change",
        change.salt,
        {
            "what_is_different": change.what_is_different,
            "evidence": change.evidence,
            "since_on": change.since_on.isoformat(),
            "action": str(change.action_id),
        },
    )


@checks(CHANGE_CLAIMED.name)
def check_changes(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every change to the entry that says it was claimed."""
    said = seen[CHANGE_CLAIMED.name]
    rows: QuerySet[Any] = Change.objects.annotate(emptied=Q(forgotten(), what_is_different=""))
    texts = (
        Text(
            each.ref,
            # Emptied with the words it came of: nothing is left to hold to the entry.
            str(said.get(each.ref, {}).get("seal", "")) if each.emptied else seal_of_change(each),
        )
        for each in rows.order_by("ref").iterator(chunk_size=2000)
    )
    yield from compare("change", texts, said)
