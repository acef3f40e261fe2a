"""Columns that belong together: one question, and a column for each of its options."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from goldenthread.listen.surveys.files.columns import Column, Kind, Seen
from goldenthread.listen.surveys.files.shapes import Head, Shape

YES: Final = frozenset({"1", "yes", "true", "x", "y", "selected", "checked", "ticked"})
NO: Final = frozenset({"0", "no", "false", "n", "not selected", "unchecked", "no to: "})
MOST: Final = 60


def sets_of(head: Head, seen: list[Seen]) -> list[Column]:
    """Return the questions of which each option has a column of its own."""
    found = []
    for stem, group in groupby(range(len(head.labels)), key=lambda at: _stem(head, at)):
        places = list(group)
        if stem is None or not 1 < len(places) <= MOST:
            continue
        if all(_is_tick(seen[at], _tail(head, at)) for at in places) and any(
            seen[at].filled for at in places
        ):
            found.append(_set(head, stem, places, seen))
    return found


def _stem(head: Head, at: int) -> str | None:
    """Return what the columns of one question have in common; none if it stands alone."""
    code, label, mark = head.codes[at], head.labels[at], head.marks[at]
    if head.shape == Shape.QUALTRICS:
        found = re.fullmatch(r"(QID\d+)_(\d+)", mark)
        return found[1] if found else None
    if head.shape == Shape.JISC:
        found = re.match(r"(Q?\d+(?:[._]\d+)*?)[._]?([a-z]|[._]\d+)(?=\.?(?:\s|$))", code)
        return found[1] if found else None
    found = re.fullmatch(r"(.{3,}?)\s*(?:\[(.+)\]|(?:: | [-–] )([^:]+))", label)
    return found[1] if found else None


def _tail(head: Head, at: int) -> str:
    """Return the option that a column's name ends with."""
    label = head.labels[at]
    if head.shape == Shape.JISC:
        return re.sub(r"^Q?\d+(?:[._]\w+)*\.?\s*", "", label) or label
    if head.shape == Shape.QUALTRICS:
        return re.split(r" [-–] ", label)[-1].strip()
    found = re.fullmatch(r".{3,}?\s*(?:\[(.+)\]|(?:: | [-–] )([^:]+))", label)
    return (found[1] or found[2]) if found else label


def _is_tick(seen: Seen, tail: str) -> bool:
    """Whether a column holds a tick or nothing: one value, its own name, or yes and no."""
    said = {value.casefold() for value in seen.values}
    if seen.overflow or len(said) > 2:  # noqa: PLR2004  yes and no
        return False
    marked = said - NO
    return len(marked) <= 1 and (
        not marked or marked <= YES or marked == {tail.casefold()} or _alone(seen)
    )


def _alone(seen: Seen) -> bool:
    """Whether there is just one value, in words, that some chose and others left empty."""
    return len(seen.values) == 1 and not any(value.isdigit() for value in seen.values)


def _set(head: Head, stem: str, places: list[int], seen: list[Seen]) -> Column:
    options = []
    for at in places:
        marked = [value for value in seen[at].values if value.casefold() not in NO]
        named = _tail(head, at)
        if marked and marked[0].casefold() not in YES:
            named = marked[0]
        options.append(("" if not marked else marked[0], named))
    label = _common(head, stem, places)
    why = f"{len(places)} columns side by side, one for each option."
    return Column(tuple(places), label, Kind.MANY, why, tuple(options))


def _common(head: Head, stem: str, places: list[int]) -> str:
    """Return the question itself: what all the labels begin with."""
    labels = [head.labels[at] for at in places]
    shared = "".join(_same(labels))
    shared = re.sub(r"(?: [-–] (?:selected choice)?[^-–]*|\s*\[[^\]]*|: [^:]*)$", "", shared, flags=re.I)
    shared = re.sub(r"^Q?\d+[._]?\w*\.?\s*", "", shared) if head.shape == Shape.JISC else shared
    return shared.strip(" -–:[") or stem


def _same(labels: list[str]) -> Iterator[str]:
    for letters in zip(*labels, strict=False):
        if len(set(letters)) > 1:
            return
        yield letters[0]
