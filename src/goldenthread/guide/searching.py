"""Finding a passage of the guide by words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from goldenthread.guide.library import Document, parts
from goldenthread.guide.rendering import Anchors

HEADING: Final = re.compile(r"^(#{1,4}) +(.+)$")
LINK: Final = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
MARKS: Final = re.compile(r"<!--.*?-->|[`*|]|-{3,}|^\s*\d+\. |^#+ ", re.MULTILINE)
SMALL: Final = frozenset(
    re.findall(
        r"\w+",
        "a an and are as at be by can do does for from how i if in is it me my of on or our that "
        "the their them this to we what when where who why with you your",
    )
)
IN_TITLE, IN_HEADING, IN_TEXT = 6, 4, 1
MOST_FOUND: Final = 20
AROUND: Final = 90  # characters of text on each side of what was found
LONG: Final = 4  # letters: only longer words lose their ending


@dataclass(frozen=True)
class Passage:
    """What stands below one heading of a document."""

    document: Document
    heading: str
    anchor: str
    text: str
    low: tuple[str, str, str]  # title, heading and text, in small letters
    far: int  # how far back in the guide its part stands: the first ones are for everybody


@dataclass(frozen=True)
class Found:
    """A passage in which the words stand, and the place in it."""

    passage: Passage
    before: str
    hit: str
    after: str


@cache
def passages() -> tuple[Passage, ...]:
    """Return every passage of every document."""
    return tuple(
        passage
        for far, part in enumerate(parts())
        for document in part.documents
        for passage in _passages_of(document, far)
    )


def _passages_of(document: Document, far: int) -> Iterator[Passage]:
    anchors, heading, anchor, lines = Anchors(), "", "", list[str]()
    for line in [*document.read().splitlines(), "# end"]:
        found = HEADING.match(line)
        if not found:
            lines.append(line)
            continue
        text = re.sub(r"\s+", " ", MARKS.sub(" ", LINK.sub(r"\1", "\n".join(lines)))).strip()
        if text:
            low = (document.title.lower(), heading.lower(), text.lower())
            yield Passage(document, heading, anchor, text, low, far)
        lines = []
        if len(found[1]) > 1:
            heading = LINK.sub(r"\1", found[2]).replace("`", "")
            anchor = anchors.of(heading)


def search(asked: str) -> list[Found]:
    """Return the passages in which all the words stand, best first; else those with some."""
    words = words_of(asked)
    scored = [(each, [_score(word, each) for word in words]) for each in passages()]
    hits = [(sum(scores), each) for each, scores in scored if scores and all(scores)]
    hits = hits or [(sum(scores), each) for each, scores in scored if any(scores)]
    best = sorted(hits, key=lambda hit: hit[1].far - hit[0])[:MOST_FOUND]
    return [_found(passage, words) for _score, passage in best]


def words_of(asked: str) -> list[str]:
    """Return the words that say something, without their endings."""
    words = re.findall(r"[\w./-]+", asked.lower())
    telling = [word for word in words if word not in SMALL] or words
    return list(dict.fromkeys(_stem(word) for word in telling))


def _stem(word: str) -> str:
    return re.sub(r"(?:ing|ed|es|s)$", "", word) if len(word) > LONG else word


def _score(word: str, passage: Passage) -> int:
    title, heading, text = passage.low
    return (
        IN_TITLE * (word in title)
        + IN_HEADING * (word in heading)
        + IN_TEXT * min(text.count(word), IN_HEADING)
    )


def _found(passage: Passage, words: list[str]) -> Found:
    low, text = passage.low[2], passage.text
    at = min((low.find(word) for word in words if word in low), default=-1)
    if at < 0:
        return Found(passage, text[: 2 * AROUND], "", "…" if len(text) > 2 * AROUND else "")
    ends = re.compile(r"\W|$").search(text, at)
    end = ends.start() if ends else at
    begin = text.rfind(" ", 0, max(at - AROUND, 0)) + 1
    before = ("… " if begin else "") + text[begin:at]
    after = text[end : end + AROUND]
    if end + AROUND < len(text):
        after = after.rpartition(" ")[0] + " …"
    return Found(passage, before, text[at:end], after)
