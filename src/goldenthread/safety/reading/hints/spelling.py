"""Reading through how a text is spelt: accents, disguises, short forms, slips.

Text in, sentences out: each a string of plain words and commas, one space before and after every
one, so that a phrase is looked for by whole words.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

END: Final = re.compile(r"[.!?…]+(?=[\s\"'”’)]|$)|[;\n\u06d4\u061f]+")
LETTERS_APART: Final = re.compile(r"(?<!\w)(\w)([ .\-_*])(\w)(?:\2\w)+(?!\w)")
PIECES: Final = re.compile(r"[^\W_]+(?:['*@$!|+]+[^\W_]+)*|[,:،–—()]")
LOOKALIKES: Final = str.maketrans({"1": "i", "!": "i", "|": "i", "3": "e", "4": "a", "@": "a"})
LOOKALIKES_TOO: Final = str.maketrans({"0": "o", "5": "s", "$": "s", "7": "t", "+": "t"})
STRETCHED: Final = re.compile(r"([^\W\d_])\1{2,}")
ENGLISH_ENDINGS: Final = (
    (re.compile(r"\bcan't\b"), "can not"),
    (re.compile(r"\bwon't\b"), "will not"),
    (re.compile(r"n't\b"), " not"),
    (re.compile(r"'m\b"), " am"),
    (re.compile(r"'re\b"), " are"),
    (re.compile(r"'ve\b"), " have"),
    (re.compile(r"'ll\b"), " will"),
    (re.compile(r"'d\b"), " would"),
    (re.compile(r"'s\b"), " is"),
)
ALIKE: Final = str.maketrans(
    {"ł": "l", "’": "'", "‘": "'", "`": "'", "\u064a": "\u06cc", "\u0649": "\u06cc"}
) | str.maketrans({"\u0643": "\u06a9", "\u0647": "\u06c1", "\u06c3": "\u06c1"})


def fold(text: str) -> str:
    """Small letters without accents and without signs that nobody sees."""
    text = text.replace("\u200c", " ").casefold().translate(ALIKE)
    if text.isascii():
        return text
    parts = unicodedata.normalize("NFKD", text)
    return "".join(each for each in parts if unicodedata.category(each) not in {"Mn", "Cf"})


def one_slip(word: str, meant: str) -> bool:
    """Return whether one letter is wrong, missing, doubled, or two are swapped."""
    if word == meant or abs(len(word) - len(meant)) > 1 or word[:1] != meant[:1]:
        return word == meant
    at = next((n for n, (a, b) in enumerate(zip(word, meant, strict=False)) if a != b), len(meant))
    rest, wanted = word[at:], meant[at:]
    swapped = rest[:2] == wanted[1::-1] and rest[2:] == wanted[2:]
    return swapped or wanted[1:] in (rest, rest[1:]) or rest[1:] == wanted


@dataclass(frozen=True)
class Spelling:
    """How one language is read: short forms and slips, words hidden behind stars."""

    forms: Mapping[str, str] = field(default_factory=dict)
    nearly: Iterable[str] = ()
    hidden: Iterable[str] = ()

    @cached_property
    def _forms(self) -> re.Pattern[str]:
        longest_first = sorted(map(fold, self.forms), key=len, reverse=True)
        return re.compile(rf"(?<= )(?:{'|'.join(map(re.escape, longest_first))})(?= )")

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {fold(typed): fold(read) for typed, read in self.forms.items()}

    def sentences(self, text: str) -> list[str]:
        """Cut a text into sentences of plain words."""
        joined = LETTERS_APART.sub(_join, fold(text))
        return [read for part in END.split(joined) if (read := self._read(part)).strip()]

    def _read(self, sentence: str) -> str:
        typed = self._spell(f" {' '.join(PIECES.findall(sentence))} ")
        for ending, whole in ENGLISH_ENDINGS:
            typed = ending.sub(whole, typed)
        words = [self._word(word) for word in typed.replace("'", " ").split()]
        return self._spell(f" {' '.join(words)} ") if words else ""

    @cached_property
    def _first_letters(self) -> frozenset[str]:
        return frozenset(word[:1] for word in self.nearly)

    def _spell(self, sentence: str) -> str:
        if not self.forms:
            return sentence
        return self._forms.sub(lambda found: self._folded[found.group(0)], sentence)

    def _word(self, word: str) -> str:
        if len(word) == 1:
            return "," if not word.isalnum() else word
        if "*" in word:
            shape = re.compile(re.escape(word).replace(r"\*", "."))
            return next((each for each in self.hidden if shape.fullmatch(each)), word)
        if not word.isalpha() and not word.isdigit():
            word = word.translate(LOOKALIKES).translate(LOOKALIKES_TOO)
        word = STRETCHED.sub(r"\1", word)
        if word[0] not in self._first_letters:
            return word
        return next((each for each in self.nearly if one_slip(word, each)), word)


def _join(found: re.Match[str]) -> str:
    letters: str = found.group(0)
    return letters.replace(found.group(2), "")
