"""Words of staff that can harm those who read them: what to write instead, and what never to.

From the guidance of Samaritans for media and online services: nothing about method, place, amount
or a note; no “commit”, no attempt that “succeeded” or “failed”; no single cause; help in sight;
a content note before, not after. Text in, remarks out; participants' words never pass here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

ENOUGH_FOR_A_NOTE: Final = 20  # words: a title or a line needs no note and no help line
SENTENCE: Final = re.compile(r"[^.!?\n]+[.!?\n]*")

THEM: Final = r"(?:my|him|her|them)sel(?:f|ves)"
THEIR: Final = r"(?:his|her|their|my)"
ABOUT: Final = re.compile(
    r"\bsuicid(?:e|es|al|ality)\b|\bself[- ]?harm\w*|"
    r"\b(?:kill(?:ed|s|ing)?|hurt(?:s|ing)?|harm(?:ed|s|ing)?|hang(?:ed|ing)?|hung|"
    rf"drown(?:ed|ing)?|shot) {THEM}\b|"
    rf"\b(?:took|take|taken|taking|end|ended|ending) {THEIR} own li(?:fe|ves)\b",
    re.IGNORECASE,
)
DEATH: Final = (
    rf"(?:(?:died|dies|death) by suicide|killed {THEM}|"
    rf"(?:took|ended) {THEIR} (?:own )?li(?:fe|ves)|"
    rf"{THEIR} suicide)"
)
AN_ACT: Final = re.compile(
    rf"\b{DEATH}|\bsuicide (?:attempt|by)|\bself[- ]?harm(?:ed|s|ing)|"
    rf"\b(?:commit(?:ted|ting|s)?|attempt(?:ed|ing|s)?) suicide|\bhurt {THEM}",
    re.IGNORECASE,
)

# What to write instead. Advice: whoever reads it may keep their words.
BETTER: Final[dict[str, str]] = {
    r"commit(?:ted|ting|s)?\s+suicide": marked("died by suicide"),
    r"commit(?:ted|ting|s)?\s+self[- ]harm": marked("harmed themselves"),
    r"(?:successful(?:ly)?|completed?)\s+suicides?(?!\s+attempt)": marked("died by suicide"),
    r"(?:failed|unsuccessful|successful|botched)\s+suicide\s+attempts?": marked(
        "tried to take their own life"
    ),
    r"suicid(?:e|al)\s+(?:epidemic|spree|craze|pact|trend)s?": marked(
        "more people have died by suicide"
    ),
    r"suicide\s+victims?": marked("people who died by suicide"),
    r"cry\s+for\s+help": marked("they were in great distress"),
    r"attention[- ]seek(?:ing|er|ers)": marked("in need of help"),
    r"suffer(?:s|ing|ers?)?\s+(?:from|with)": marked("lives with"),
    r"the\s+mentally\s+ill": marked("people with mental health problems"),
    r"self[- ]harmers?": marked("people who harm themselves"),
    r"schizos?|psychos?|lunatics?|nutters?": marked("name the person, not the illness"),
}
# The same, where the text is about suicide or self-harm: elsewhere an attempt is just an attempt.
BETTER_THERE: Final[dict[str, str]] = {
    r"(?:failed|unsuccessful|successful|botched)\s+attempts?": marked(
        "tried to take their own life"
    ),
    r"attempt(?:s|ed)?\s+(?:was|were)\s+(?:un)?successful": marked("tried to take their own life"),
}
ONE_CAUSE: Final = re.compile(
    rf"\b{DEATH}\b[^.!?\n]{{0,60}}\b(?:because(?: of)?|due to|owing to|as a result of)\b|"
    rf"\b(?:because(?: of)?|due to)\b[^.!?\n]{{0,60}}\b{DEATH}\b|"
    r"\b(?:drove|driven|drives|pushed) (?:him|her|them|\w+) to suicide\b|"
    r"\b(?:led|leads|leading) to (?:his|her|their|the|a) (?:\w+ )?(?:suicide|death by suicide)\b|"
    r"\bsuicide (?:was|is) caused by\b",
    re.IGNORECASE,
)

# What is never published by staff: how, where, how much, what a note said.
NEVER: Final[dict[str, str]] = {
    r"\b(?:hang(?:ed|ing)?|hung|drown(?:ed|ing)?|shot|shoot(?:ing)?|poison(?:ed|ing)?|"
    rf"suffocat(?:ed|ing)|burn(?:ed|t|ing)?|cut(?:ting)?|starv(?:ed|ing)) {THEM}\b"
    r"(?! off| some| a )": "method",
    rf"\b(?:slit|slash(?:ed|ing)?|cut(?:ting)?) {THEIR} (?:wrists?|arms?|throat)\b": "method",
    r"\boverdos(?:ed|ing) (?:on|with)\b|\boverdoses? of\b": "method",
    r"\b(?:took|taken|taking|swallow(?:ed|ing)?)\b[^.!?\n]{0,30}\b\d+\s*(?:mg|milligrams?|"
    r"grams?|pills?|tablets?|capsules?|packets?)\b": "amount",
    r"\b(?:hanged|found hanging)\b": "method",
    r"\bsuicide (?:hot ?spots?|spots?|bridge)\b": "place",
    r"\bsuicide notes?\b": "note",
}
# The same, only in a sentence about a death by suicide or an attempt: else these are common words.
NEVER_THERE: Final[dict[str, str]] = {
    r"\b(?:by|from) (?:hanging|jumping|drowning|cutting|poisoning|an overdose)\b": "method",
    r"\b(?:jump(?:ed|s|ing)?|leap(?:t|ed|ing)?|fell) (?:off|from|in front of|under|to)\b": "method",
    r"\b(?:rope|noose|ligature|razor|blades?|paracetamol|ibuprofen|bleach|firearm|shotgun)\b": (
        "method"
    ),
    r"\b(?:left (?:behind )?a note|note (?:said|says|read|reads|reading))\b": "note",
    r"\b(?:at|on|off|from|near|under) (?:the )?(?:[\w’']+ ){0,2}(?:bridge|viaduct|cliffs?|"
    r"level crossing|railway(?: line)?|tracks|car park|tower block|roof)\b": "place",
}
WHY_NEVER: Final = {
    "method": (
        marked("“%(words)s” says how"),
        marked("Details of a method can put others in danger. Please leave them out."),
    ),
    "amount": (
        marked("“%(words)s” says how much"),
        marked("Amounts can put others in danger. Please leave them out."),
    ),
    "place": (
        marked("“%(words)s” says where"),
        marked("A named place can draw others there. Please leave it out."),
    ),
    "note": (
        marked("“%(words)s” tells of a note"),
        marked("What a note said can draw others after it. Please leave it out."),
    ),
}
HELP: Final = re.compile(
    r"116\s?123|samaritans|85258|\bshout\b|0800[\s\d]{7,}|\b111\b|\b999\b|childline|hopeline|"
    r"papyrus|help ?lines?\b|get help now",
    re.IGNORECASE,
)
NOTE: Final = re.compile(
    r"content (?:note|warning)|trigger warning|"
    r"(?:this|what follows|the next part|below)[^.!?\n]{0,40}"
    r"(?:is about|speaks? (?:about|of)|talks? (?:about|of)|mentions?|tells? of)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Remark:
    """One thing in a text of staff: which words, what is wrong with them, what to do instead."""

    words: str
    title: str
    how: str
    refused: bool = False  # nobody may keep it

    @property
    def says(self) -> str:
        """The remark as it stands beside a field."""
        return f"{self.title}. {self.how}"


def look(text: str) -> list[Remark]:
    """Return what could harm people who read this, what must go first."""
    return [*harm_in(text), *_around(text)]


def harm_in(text: str) -> list[Remark]:
    """Return the words that harm, wherever they stand: also in a title, a page or a mail."""
    found = [*_never(text), *_better(text), *_one_cause(text)]
    return list({each.words.casefold(): each for each in reversed(found)}.values())[::-1]


def _never(text: str) -> Iterator[Remark]:
    for sentence in SENTENCE.findall(text):
        known = NEVER | (NEVER_THERE if AN_ACT.search(sentence) else {})
        for pattern, kind in known.items():
            if found := re.search(pattern, sentence, re.IGNORECASE):
                title, how = WHY_NEVER[kind]
                said = _(title) % {"words": found[0]}
                yield Remark(found[0], said, _(how), refused=True)


def _better(text: str) -> Iterator[Remark]:
    known = BETTER | (BETTER_THERE if ABOUT.search(text) else {})
    for pattern, better in known.items():
        if found := re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE):
            words = {"words": found[0], "better": _(better)}
            title = _("“%(words)s” can hurt people who read it") % words
            yield Remark(found[0], title, _("Better: “%(better)s”.") % words)


def _one_cause(text: str) -> Iterator[Remark]:
    if found := ONE_CAUSE.search(text):
        title = _("“%(words)s” gives one cause") % {"words": found[0]}
        yield Remark(found[0], title, _("There is never only one. Say that it is not simple."))


def _around(text: str) -> Iterator[Remark]:
    """Help in sight, and a note before: only where there is room for them."""
    about = ABOUT.search(text)
    if about is None or len(text.split()) < ENOUGH_FOR_A_NOTE:
        return
    if not HELP.search(text):
        title = _("This speaks of suicide or self-harm, and names no help")
        yield Remark("help", title, _("Say where help is: Samaritans, 116 123, at any time."))
    note = NOTE.search(text)
    if note is None or note.start() > about.start():
        title = _("This speaks of suicide or self-harm without saying so first")
        yield Remark("note", title, _("Begin with a line that says so. Then people can choose."))
