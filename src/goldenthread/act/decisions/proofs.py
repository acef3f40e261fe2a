"""What the record proves of decisions: published as they stand, and none taken away."""

from collections.abc import Iterator

from goldenthread.act.decisions.events import DECISION_PUBLISHED
from goldenthread.act.decisions.models import Decision
from goldenthread.thread.binding import Text, compare, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks

TEXTS = ("title", "question", "decided_by", "what_people_said", "outcome", "why")
NUMBERS = ("number", "how_many", "how_many_lived", "before_listening", "before_showing_back")


def seal_of_decision(decision: Decision) -> str:
    """Return the seal of all that a published decision says, its options among it."""
    return seal_of(
        "decision",
        decision.salt,
        {
            **{name: str(getattr(decision, name)) for name in TEXTS},
            **{name: int(getattr(decision, name)) for name in NUMBERS},
            "project": str(decision.project_id),
            "group": str(decision.group_id or ""),
            "decided_on": decision.decided_on.isoformat(),
            "options": [
                [option.text, int(option.chosen)]
                for option in sorted(decision.options.all(), key=lambda each: each.position)
            ],
            "themes": sorted(str(each.theme_id) for each in decision.about.all()),
        },
    )


@checks(DECISION_PUBLISHED.name)
def check_decisions(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every decision to the entry that says it was published."""
    rows = Decision.objects.prefetch_related("options", "about").order_by("ref")
    texts = (
        Text(each.ref, seal_of_decision(each), each.state == Decision.State.PUBLISHED)
        for each in rows.iterator(chunk_size=500)
    )
    yield from compare("decision", texts, seen[DECISION_PUBLISHED.name])
