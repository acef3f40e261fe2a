"""What the record proves of words: unchanged, shown as released, taken back, or removed."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final
from uuid import UUID

from goldenthread.safety.reading import events
from goldenthread.safety.reading.locks import lock_of
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.holding import commitment, seal_of_shown
from goldenthread.thread.binding import UNBOUND, last_of
from goldenthread.thread.models import Entry, HeldEntry
from goldenthread.thread.verifying import Counted, Facts, Fault, Seen, checks

State = Words.State
RECEIVED, DESTROYED = events.WORDS_RECEIVED.name, events.WORDS_DESTROYED.name
PROVEN, UNPROVEN = events.WORDS_WITHDRAWN.name, events.WORDS_WITHDRAWN_UNPROVEN.name
HELD_BACK = events.WORDS_HELD_BACK.name
UNDONE, OBJECTED = events.WITHDRAWAL_UNDONE.name, events.AUTHOR_OBJECTED.name
RELEASING: Final = (events.WORDS_RELEASED.name, events.WORDS_KEPT.name)  # these hold a seal
STATES: Final = {  # acts of staff, and the state in which each leaves words
    **dict.fromkeys((*RELEASING, events.WORDS_PUT_BACK.name), State.RELEASED),
    events.WORDS_UNPUBLISHED.name: State.UNPUBLISHED,
    events.WORDS_HIDDEN.name: State.HELD,
    events.WORDS_REMOVED.name: State.REMOVED,
}
TAKEN_BACK: Final = {
    True: Counted("withdrawn-proven", "Taken back with the receipt of their author: {number}."),
    False: Counted(
        "withdrawn-unproven",
        "Taken back from an account, without a receipt that proves by whom: {number}.",
    ),
}
TAKEN_DOWN: Final = Counted("removed", "Removed by an organisation: {number}.")
COLUMNS: Final = (
    *("ref", "state", "purpose", "lock", "salt", "text", "would_have_helped", "content_note"),
    *("shown", "helped_shown", "note_shown", "consented", "restricted"),
)


@checks(RECEIVED, DESTROYED, PROVEN, UNPROVEN, UNDONE, OBJECTED, HELD_BACK, *STATES)
def check_words(seen: Seen) -> Iterator[Fault | Counted]:
    """Hold all words to what the record says of them."""
    missing, said = set(seen[RECEIVED]), _Said(seen)
    for words in Words.objects.only(*COLUMNS).iterator(chunk_size=2000):
        missing.discard(words.ref)
        received = seen[RECEIVED].get(words.ref)
        if received is None:
            yield Fault("dropped", f"The record has no entry of words {words.ref}.", words.ref)
        else:
            yield from _unchanged(words, received, seen)
            yield from _as_said(words, said)
            yield from _counted(words, received)
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
    if words.lock != received.get("lock", ""):
        sentence = f"The lock of words {words.ref} is not the one they came with."
        yield Fault("lock-altered", sentence, words.ref)


class _Said:
    """What the record says of the state of words, and of what is shown of them."""

    def __init__(self, seen: Seen) -> None:
        self.seen = seen
        self.seals = last_of(seen, RELEASING)
        self.states: dict[UUID, tuple[int, State]] = {}
        for kind, state in STATES.items():
            for ref, facts in seen[kind].items():
                if facts.get("seq", 0) >= self.states.get(ref, (-1, state))[0]:
                    self.states[ref] = facts.get("seq", 0), state
        self.taken_back = set(seen[PROVEN]) | set(seen[UNPROVEN])
        self.taken_back -= _brought_back(seen[UNDONE])

    def states_of(self, ref: UUID) -> set[State]:
        """The states in which words may be."""
        state = self.states.get(ref, (0, State.HELD))[1]
        if ref in self.taken_back:  # what was removed before stays removed
            return {State.REMOVED if state == State.REMOVED else State.WITHDRAWN}
        may_be = {state}
        if state == State.UNPUBLISHED and ref in self.seen[OBJECTED]:
            may_be.add(State.HELD)  # until another reader has looked
        if state == State.RELEASED and ref in self.seen[HELD_BACK]:
            may_be.add(State.HELD)  # until they may be used, and a reader has looked again
        if state == State.HELD and ref in self.seen[DESTROYED]:
            may_be.add(State.UNPUBLISHED)  # their time was over before they were read
        return may_be


def _brought_back(undone: Collection[UUID]) -> set[UUID]:
    """Words that were taken back as often as they were brought back: these stand."""
    balance: dict[UUID, int] = defaultdict(int)
    for model in (Entry, HeldEntry) if undone else ():
        rows = model.objects.filter(about__in=list(undone), kind__in=[PROVEN, UNPROVEN, UNDONE])
        for about, kind in rows.values_list("about", "kind"):
            balance[about] += -1 if kind == UNDONE else 1
    return {ref for ref, left in balance.items() if left <= 0}


def _as_said(words: Words, said: _Said) -> Iterator[Fault | Counted]:
    if words.restricted and words.ref not in said.seen[HELD_BACK]:
        sentence = f"Words {words.ref} are held back, and no entry says that their author asked."
        yield Fault("unsaid", sentence, words.ref)
    elif words.state not in said.states_of(words.ref):
        sentence = f"Words {words.ref} are {words.state}, and no entry says so."
        yield Fault("unsaid", sentence, words.ref)
    elif words.state == State.RELEASED and words.salt is not None:
        yield from _shown(words, said)


def _shown(words: Words, said: _Said) -> Iterator[Fault | Counted]:
    released = said.seals.get(words.ref, {})
    if "seal" not in released:
        yield UNBOUND
    elif released["seal"] != seal_of_shown(words):
        sentence = f"What is shown of words {words.ref} is not what a reader released."
        yield Fault("shown-altered", sentence, words.ref)
    first = said.seen[RELEASING[0]].get(words.ref, {})
    if first.get("purpose", words.purpose) != words.purpose:
        sentence = f"Words {words.ref} were released as something else."
        yield Fault("unsaid", sentence, words.ref)


def _counted(words: Words, received: Facts) -> Iterator[Counted]:
    if words.state == State.WITHDRAWN:
        yield TAKEN_BACK[bool(received.get("lock"))]
    elif words.state == State.REMOVED:
        yield TAKEN_DOWN


def _forged(seen: Seen) -> Iterator[Fault]:
    """An organisation that removes words cannot make it look as if their author had."""
    proofs = dict.fromkeys(seen[UNPROVEN], "")
    proofs |= {ref: str(facts.get("proof", "")) for ref, facts in seen[PROVEN].items()}
    for ref, proof in proofs.items():
        if lock_of(proof) != seen[RECEIVED].get(ref, {}).get("lock", ""):
            yield Fault(
                "withdrawal-forged",
                f"Words {ref} are said to be taken back by their author, without the receipt.",
                ref,
            )
