"""What the record proves of consent: nobody but the author gave it, and taken back it stays."""

from collections.abc import Iterator

from goldenthread.safety.consent import events
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.wordings import QUOTE
from goldenthread.thread.verifying import Fault, Seen, checks

FIRST, AGAIN = events.QUOTE_GIVEN.name, events.QUOTE_GIVEN_AGAIN.name
WITHDRAWN = events.QUOTE_WITHDRAWN.name


@checks(FIRST, AGAIN, WITHDRAWN)
def check_consents(seen: Seen) -> Iterator[Fault]:
    """Hold each consent to be quoted to what the record, and the commitment, say of it."""
    rows = Consent.objects.filter(purpose=QUOTE, words__salt__isnull=False)
    for given in rows.select_related("words").defer("words__search").iterator(chunk_size=2000):
        yield from _made_up(given, seen)
        yield from _taken_back(given, seen)


def _made_up(given: Consent, seen: Seen) -> Iterator[Fault]:
    ref = given.words_id
    said = ref in seen[FIRST if given.round == 1 else AGAIN]
    committed = f"{QUOTE}.{given.version}" in given.words.consented.split()
    if not said or (given.with_words and not committed):
        sentence = f"No entry says that the author of words {ref} let them be quoted."
        yield Fault("consent-made-up", sentence, ref)


def _taken_back(given: Consent, seen: Seen) -> Iterator[Fault]:
    ref, last = given.words_id, seen[WITHDRAWN].get(given.words_id, {}).get("round", 0)
    if given.withdrawn_on is None and int(last) >= given.round:
        sentence = f"The author of words {ref} took back that they may be quoted. It was undone."
        yield Fault("consent-undone", sentence, ref)
    if given.withdrawn_on is not None and not last:
        sentence = f"Consent about words {ref} is said to be taken back, and no entry says so."
        yield Fault("consent-unsaid", sentence, ref)
