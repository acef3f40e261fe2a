"""What the record proves of assessments: that they still hold the answers that were signed."""

from collections.abc import Iterator

from goldenthread.safety.assessments.events import ASSESSMENT_SIGNED
from goldenthread.safety.assessments.models import Assessment
from goldenthread.safety.assessments.services import seal_of
from goldenthread.thread.binding import Text, compare
from goldenthread.thread.verifying import Counted, Fault, Seen, checks


@checks(ASSESSMENT_SIGNED.name)
def check_assessments(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every assessment to the entry that says it was signed."""
    rows = Assessment.objects.order_by("ref").iterator(chunk_size=2000)
    texts = (Text(each.ref, seal_of(each), each.signed_on is not None) for each in rows)
    yield from compare("assessment", texts, seen[ASSESSMENT_SIGNED.name])
