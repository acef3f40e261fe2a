"""The reply helper: reads an answer before anyone else does, and says what could be better."""

import re
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from goldenthread.kit.careful import look
from goldenthread.kit.text import OLDEST_READER, check_reading, words_of

FEWEST_WORDS: Final = 5
SAME: Final = 5  # letters by which two forms of a word are taken as one
SHORT_EXAMPLE: Final = 60

BODIES: Final = frozenset(
    words_of(
        "team department service services committee board panel group management office college "
        "university school trust council organisation network staff"
    )
)
NO_PROMISE: Final = re.compile(
    r"\b(?:in due course|as soon as possible|asap|tbc|tba|to be confirmed|watch this space|"
    r"when resources allow|we will look into it|n/?a)\b",
    re.IGNORECASE,
)
WHEN: Final = re.compile(
    r"\d|\b(?:today|tomorrow|week|month|term|year|spring|summer|autumn|winter|monday|tuesday|"
    r"wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|july|"
    r"august|september|october|november|december|already)s?\b",
    re.IGNORECASE,
)
COMMON: Final = frozenset(
    words_of(
        "about after again also anyone because been before being between cannot could does doing "
        "each even every everyone from have having hear heard here into just know like made make "
        "many more most much must need never nobody nothing only other over people person said "
        "same says should some someone something still such take than that their them then there "
        "these they thing things think this those through time told very want wants were what "
        "when where which while will with without would your yours"
    )
)


@dataclass(frozen=True)
class Advice:
    """One thing that could be better: what, and how."""

    title: str
    how: str


def advise(*, text: str, happens_next: str, signed_by: str, about: str) -> list[Advice]:
    """Read an answer and say what could be better. Advice never stops anyone.

    `about` holds the words of the themes that are answered.
    """
    return [
        *(Advice(each.title, each.how) for each in look(f"{text}\n{happens_next}")),
        *_point(text, about),
        *_plain(f"{text}\n{happens_next}"),
        *_next(happens_next),
        *_signed(signed_by),
    ]


def _point(text: str, about: str) -> list[Advice]:
    """An answer that shares no word with what people said may answer something else."""
    wanted, given = _content(about), _content(text)
    if not wanted or {word[:SAME] for word in wanted} & {word[:SAME] for word in given}:
        return []
    words = {"words": ", ".join(sorted(wanted)[:4])}
    how = _("Begin with what people told you, in their words. Theirs were: %(words)s.") % words
    return [Advice(_("It does not name what people said"), how)]


def _content(text: str) -> set[str]:
    words = (word.lower() for word in words_of(text))
    return {word for word in words if len(word) > len("four") - 1 and word not in COMMON}


def _plain(text: str) -> list[Advice]:
    reading = check_reading(text)
    found = []
    for sentence in reading.long_sentences:
        words = {"count": len(words_of(sentence)), "start": _start_of(sentence)}
        title = _("A sentence has %(count)d words") % words
        found.append(Advice(title, _("Cut it in two: “%(start)s”") % words))
    for swap in reading.jargon:
        words = {"word": swap.word, "plain": swap.plain}
        title = _("Not everyone knows “%(word)s”") % words
        found.append(Advice(title, _("Try: %(plain)s.") % words))
    if reading.age > OLDEST_READER and not found:
        title = _("It reads like a text for people of %(age)d and over") % {"age": reading.age}
        found.append(Advice(title, _("Use shorter words where you can.")))
    return found


def _start_of(sentence: str) -> str:
    if len(sentence) <= SHORT_EXAMPLE:
        return sentence
    return sentence[:SHORT_EXAMPLE].rsplit(" ", 1)[0] + " …"


def _next(happens_next: str) -> list[Advice]:
    if NO_PROMISE.search(happens_next) or len(words_of(happens_next)) < FEWEST_WORDS:
        how = _("Say who does what next. If nothing happens, say that, and why.")
        return [Advice(_("It does not say what happens next"), how)]
    if not WHEN.search(happens_next):
        how = _("Name a day or a month, even if it is only when you will write again.")
        return [Advice(_("It does not say by when"), how)]
    return []


def _signed(signed_by: str) -> list[Advice]:
    names = [word for word in words_of(signed_by.split(",", maxsplit=1)[0]) if word[:1].isupper()]
    anonymous = {word.lower() for word in words_of(signed_by.split(",", maxsplit=1)[0])} & BODIES
    if names and not anonymous:
        return []
    how = _("Put the name of a person first, then their post: Ann Lee, head of counselling.")
    return [Advice(_("It is not signed by a person"), how)]
