"""What the record proves of briefs: what was decided on is what was given."""

from collections.abc import Iterator

from goldenthread.act.briefs.events import BRIEF_GIVEN, BRIEF_TAKEN_BACK
from goldenthread.act.briefs.models import Brief
from goldenthread.thread.binding import Text, compare, last_of, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks

KINDS = (BRIEF_GIVEN.name, BRIEF_TAKEN_BACK.name)
OPTION = ("text", "cost", "risk", "outcome")


def seal_of_brief(brief: Brief) -> str:
    """Return the seal of all that organisers wrote: the ask, the options, the day, the themes."""
    return seal_of(
        "brief",
        brief.salt,
        {
            "title": brief.title,
            "ask": brief.ask,
            "number": brief.number,
            "project": str(brief.project_id),
            "decide_by": brief.decide_by.isoformat(),
            "options": [
                [*(str(getattr(each, name)) for name in OPTION), int(each.as_it_is)]
                for each in sorted(brief.options.all(), key=lambda each: each.position)
            ],
            "themes": sorted(str(each.theme_id) for each in brief.about.all()),
        },
    )


@checks(*KINDS)
def check_briefs(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every brief that was given to the entry that says so."""
    rows = Brief.objects.prefetch_related("options", "about").order_by("ref")
    texts = (
        Text(each.ref, seal_of_brief(each), each.state != Brief.State.DRAFT)
        for each in rows.iterator(chunk_size=500)
    )
    given = {ref: facts for ref, facts in last_of(seen, KINDS).items() if "seal" in facts}
    yield from compare("brief", texts, given)
