"""What changed between two texts, word by word."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True)
class Piece:
    """Some words that stayed, were added, or were taken out."""

    what: Literal["same", "added", "removed"]
    text: str


def pieces(before: str, after: str) -> list[Piece]:
    """Compare two texts by words; what stands between words travels with the word before it."""
    old, new = _words(before), _words(after)
    return [piece for piece in _compared(old, new) if piece.text]


def _compared(old: list[str], new: list[str]) -> Iterator[Piece]:
    matcher = SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        if tag == "equal":
            yield Piece("same", "".join(new[from_new:to_new]))
            continue
        yield Piece("removed", "".join(old[from_old:to_old]).strip())
        yield Piece("added", "".join(new[from_new:to_new]))


def _words(text: str) -> list[str]:
    return re.findall(r"\S+\s*", f"{text.rstrip()} ")
