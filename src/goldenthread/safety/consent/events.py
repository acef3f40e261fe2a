"""What the record says about consent to quote: which statement, never who agreed to it."""

from goldenthread.thread.events import Event

_WHICH = {"version": int, "round": int}
QUOTE_GIVEN = Event("consent.quote-given", "An author let their words be quoted elsewhere.", _WHICH)
QUOTE_GIVEN_AGAIN = Event(
    "consent.quote-given-again",
    "An author let their words be quoted again, after they had taken that back.",
    _WHICH,
)
QUOTE_WITHDRAWN = Event(
    "consent.quote-withdrawn",
    "An author took back that their words may be quoted.",
    {"round": int},
)
QUOTE_AGREED = Event("quote.agreed", "A second reader agreed that words may be quoted as shown.")
QUOTE_REFUSED = Event("quote.refused", "A second reader decided that words are not quoted.")
