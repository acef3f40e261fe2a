"""What the record proves of voices: none is taken off the board by taking away its row."""

from collections.abc import Iterator

from goldenthread.listen.voices.models import Voice
from goldenthread.safety.reading.events import WORDS_RELEASED
from goldenthread.safety.reading.models import Words
from goldenthread.thread.verifying import Fault, Seen, checks


@checks(WORDS_RELEASED.name)
def check_voices(seen: Seen) -> Iterator[Fault]:
    """Find words that were released as a voice and have no voice now."""
    shown = {ref for ref, facts in seen[WORDS_RELEASED.name].items() if _is_voice(facts)}
    there = set(Voice.objects.values_list("pk", flat=True))
    kept = Words.objects.filter(pk__in=shown - there).values_list("pk", flat=True)
    for ref in sorted(kept):
        yield Fault("deleted", f"The voice of words {ref} is gone, and no entry says why.", ref)


def _is_voice(facts: dict[str, object]) -> bool:
    return facts["purpose"] == Words.Purpose.VOICE
