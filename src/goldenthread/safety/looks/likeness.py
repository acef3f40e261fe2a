"""Whether a sentence is too near to what somebody wrote. Text in, answer out."""

import re
from collections.abc import Iterable
from typing import Final

RUN: Final = 5  # so many words in a row, alike, are no chance
WORD: Final = re.compile(r"\w+(?:['’]\w+)*")


def is_too_near(sentence: str, texts: Iterable[str], *, run: int = RUN) -> bool:
    """Return whether the sentence shares a long run of words with a text, case and marks aside.

    Of two texts one of which is shorter than the run, the whole shorter one counts.
    """
    said = _words(sentence)
    return any(_share(said, _words(text), run) for text in texts)


def _share(one: list[str], other: list[str], run: int) -> bool:
    length = min(run, len(one), len(other))
    return length > 0 and bool(_runs(one, length) & _runs(other, length))


def _runs(words: list[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + length]) for at in range(len(words) - length + 1)}


def _words(text: str) -> list[str]:
    return [word.replace("’", "'") for word in WORD.findall(text.casefold())]
