"""What the record proves of summaries: that each sentence still says what was shown."""

from collections.abc import Iterator

from goldenthread.listen.summaries import events
from goldenthread.listen.summaries.models import Sentence
from goldenthread.thread.binding import Text, compare, last_of, seal_of
from goldenthread.thread.verifying import Counted, Fault, Seen, checks

SEALING = (events.SENTENCE_SHOWN.name, events.SENTENCE_REWORDED.name)


def seal_of_sentence(sentence: Sentence) -> str:
    """Return the seal of what a sentence says."""
    return seal_of("summary-sentence", sentence.salt, {"text": sentence.text})


@checks(*SEALING, events.SENTENCE_GONE.name)
def check_summaries(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold every sentence to the last entry that tells of its words; none is left of what went."""
    rows = Sentence.objects.filter(salt__isnull=False).order_by("ref").iterator(chunk_size=2000)
    shown = (Text(each.ref, seal_of_sentence(each), _is_shown(each)) for each in rows)
    went = seen[events.SENTENCE_GONE.name]
    said = {ref: each for ref, each in last_of(seen, SEALING).items() if ref not in went}
    yield from compare("sentence", shown, said)


def _is_shown(sentence: Sentence) -> bool | None:
    """A sentence that people read was shown by an entry; one taken down keeps its last words."""
    return True if sentence.shown_on is not None else None
