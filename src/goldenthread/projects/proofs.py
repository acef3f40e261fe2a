"""What the record proves of terms: each sealed version says what it said when it was sealed."""

from collections.abc import Iterator

from goldenthread.projects import events
from goldenthread.projects.models import Terms
from goldenthread.projects.sealing import commitment_to
from goldenthread.thread.binding import Text, compare
from goldenthread.thread.verifying import Counted, Fault, Seen, checks

OPENED, CHANGED = events.OPENED.name, events.TERMS_CHANGED.name


@checks(OPENED, CHANGED)
def check_terms(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold all terms to the entries by which they were sealed."""
    texts, said, opened = [], dict(seen[CHANGED]), dict(seen[OPENED])
    for terms in Terms.objects.select_related("project").iterator(chunk_size=2000):
        entry = opened.get(terms.project_id)
        if entry is not None and entry["version"] == terms.version:
            said[terms.ref] = opened.pop(terms.project_id)
        texts.append(Text(terms.ref, commitment_to(terms).hex(), terms.sealed_on is not None))
    said |= opened  # a project that opened, and its terms are gone
    yield from compare("terms", texts, said)
