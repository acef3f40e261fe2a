"""What the record proves of words: unchanged, taken back by their author, or removed by others."""

from collections.abc import Iterator

from goldenthread.safety.reading import events
from goldenthread.safety.reading.locks import lock_of
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.holding import commitment
from goldenthread.thread.verifying import Facts, Fault, Seen, checks

State = Words.State
RECEIVED, WITHDRAWN = events.WORDS_RECEIVED.name, events.WORDS_WITHDRAWN.name
DESTROYED, REMOVED = events.WORDS_DESTROYED.name, events.WORDS_REMOVED.name
ACTS_THAT_TELL = {State.WITHDRAWN: WITHDRAWN, State.REMOVED: REMOVED}
COLUMNS = ("ref", "state", "salt", "text", "would_have_helped", "content_note", "consented")


@checks(RECEIVED, WITHDRAWN, DESTROYED, REMOVED)
def check_words(seen: Seen) -> Iterator[Fault]:
    """Hold all words to what the record says of them."""
    missing = set(seen[RECEIVED])
    for words in Words.objects.only(*COLUMNS).iterator(chunk_size=2000):
        missing.discard(words.ref)
        received = seen[RECEIVED].get(words.ref)
        if received is None:
            yield Fault("dropped", f"The record has no entry of words {words.ref}.", words.ref)
        else:
            yield from _unchanged(words, received, seen)
    for ref in sorted(missing):
        yield Fault("deleted", f"Words {ref} are gone, and no entry says why.", ref)
    yield from _forged(seen)


def _unchanged(words: Words, received: Facts, seen: Seen) -> Iterator[Fault]:
    if words.salt is None:
        if words.ref not in seen[DESTROYED]:
            sentence = f"Words {words.ref} were emptied, and no entry says why."
            yield Fault("deleted", sentence, words.ref)
    elif commitment(words) != received["commit"]:
        sentence = f"Words {words.ref} are not those that were sent."
        yield Fault("words-altered", sentence, words.ref)
    act = ACTS_THAT_TELL.get(State(words.state))
    if act and words.ref not in seen[act]:
        sentence = f"Words {words.ref} are {words.state}, and no entry says so."
        yield Fault("unsaid", sentence, words.ref)


def _forged(seen: Seen) -> Iterator[Fault]:
    """An organisation that removes words cannot make it look as if their author had."""
    for ref, withdrawn in seen[WITHDRAWN].items():
        lock = seen[RECEIVED].get(ref, {}).get("lock", "")
        if lock and lock_of(str(withdrawn["proof"])) != lock:
            yield Fault(
                "withdrawal-forged",
                f"Words {ref} are said to be taken back by their author, without the receipt.",
                ref,
            )
