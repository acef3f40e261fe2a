"""The promises of the meeting charter, in our own short words.

After the co-production charter of Suffolk User Forum (14 promises). Those marked `asks` need an
answer before anyone is invited.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.figures import in_fives
from goldenthread.kit.text import Text


@dataclass(frozen=True)
class Promise:
    """One promise: its key, what contributors are asked, and whether a meeting shows it at once."""

    key: str
    number: int
    says: Text
    at_a_meeting: bool = True


PROMISES: Final = (
    Promise(
        "explained", 1, _("I was told what this is about and where I fit in."), at_a_meeting=False
    ),
    Promise("my-part", 2, _("I knew what I could bring."), at_a_meeting=False),
    Promise("time", 3, _("I knew the day and time early enough to plan.")),
    Promise("place", 4, _("The place, or the link, was easy to get to and felt comfortable.")),
    Promise("expenses", 5, _("I knew before I came how my costs would be paid.")),
    Promise("welcome", 6, _("Someone welcomed me when I came.")),
    Promise("recognised", 7, _("My part was spoken of with thanks in front of everyone.")),
    Promise("time-out", 8, _("I could take a break, and there was a quiet place.")),
    Promise("equal", 9, _("I was treated as an equal.")),
    Promise("plain-words", 10, _("People used plain words, or said what hard words mean.")),
    Promise("valued", 11, _("My experience and my time were valued.")),
    Promise("what-next", 12, _("I know what was written down, and what happens next.")),
    Promise("outcome", 13, _("I can see what came of what we said before."), at_a_meeting=False),
    Promise("someone-to-talk-to", 14, _("There was someone safe to talk to.")),
)
ASKED: Final = (
    *(promise for promise in PROMISES if promise.at_a_meeting),
    *(promise for promise in PROMISES if not promise.at_a_meeting),
)
KEYS: Final = frozenset(promise.key for promise in PROMISES)

ANSWERS: Final = (
    ("kept", _("Yes")),
    ("partly", _("Partly")),
    ("not-kept", _("No")),
    ("not-relevant", _("Not for me")),
)
COUNTED: Final = (("kept", _("Kept")), ("partly", _("Partly kept")), ("not-kept", _("Not kept")))
ANSWER_KEYS: Final = frozenset(key for key, _says in ANSWERS)

# What must be there before anyone is invited, as the promise puts it.
BEFORE_ANNOUNCING: Final = {
    "starts_at": _("We promise that people know the day and time early. Say when it starts."),
    "ends_at": _("We promise not to overrun: people plan meals and medicine. Say when it ends."),
    "place": _("We promise a way in for everyone. Give a place, a link, or both."),
    "expenses": _("We promise that people know how costs are paid before they come. Say how."),
    "quiet_space": _("We promise a quiet place to take time out. Say where it is."),
    "breaks": _("We promise breaks. Say when they are: ten minutes in each hour is a good start."),
    "support_person": _("We promise someone safe to talk to. Say who, and how to find them."),
    "recorded_how": _("We promise to say how the talk is written down. Say how, and who sees it."),
}


def missing(facts: Mapping[str, object]) -> dict[str, str]:
    """Return what is missing before a meeting may be announced: field and sentence."""
    return {
        name: str(sentence)
        for name, sentence in BEFORE_ANNOUNCING.items()
        if not facts.get(name) and not (name == "place" and facts.get("link"))
    }


def totals(checks: list[Mapping[str, str]]) -> dict[str, dict[str, int | None]]:
    """Count the answers, promise then answer: the nearest 5, and nothing below ten."""
    return {
        promise.key: {
            answer: in_fives(sum(check.get(promise.key) == answer for check in checks))
            for answer, _says in ANSWERS
        }
        for promise in PROMISES
    }
