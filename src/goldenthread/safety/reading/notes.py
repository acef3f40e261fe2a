"""Whether a note repeats what people sent. Text in, answer out."""

import re
from collections.abc import Iterable

RUN = 5  # so many words in a row, alike, are no chance


def repeats(note: str, texts: Iterable[str], *, run: int = RUN) -> bool:
    """Return whether `run` words in a row of the note stand in one of the texts, case aside."""
    said = _runs(note, run)
    return bool(said) and any(said & _runs(text, run) for text in texts)


def _runs(text: str, run: int) -> set[tuple[str, ...]]:
    words = re.findall(r"\w+", text.casefold())
    return {tuple(words[at : at + run]) for at in range(len(words) - run + 1)}
