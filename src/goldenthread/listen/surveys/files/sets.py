"""Columns that belong together: one question, and a column for each of its options."""

import re
from collections.abc import Iterator
from itertools import groupby
from typing import Final

from django.utils.translation import gettext as _

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
        label, tails = _named(head, stem, places)
        ticks = all(_is_tick(seen[at], tail) for at, tail in zip(places, tails, strict=True))
        if ticks and any(seen[at].filled for at in places):
            found.append(_set(label, tails, places, seen))
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


def _set(label: str, tails: list[str], places: list[int], seen: list[Seen]) -> Column:
    options = []
    for at, tail in zip(places, tails, strict=True):
        marked = [value for value in seen[at].values if value.casefold() not in NO]
        in_words = bool(marked) and marked[0].casefold() not in YES
        options.append((marked[0] if marked else "", marked[0] if in_words else tail))
    why = _("%(n)s columns side by side, one for each option.") % {"n": len(places)}
    return Column(tuple(places), label, Kind.MANY, why, tuple(options))


def _named(head: Head, stem: str, places: list[int]) -> tuple[str, list[str]]:
    """Return the question, with which all the labels begin, and how each goes on."""
    labels = [head.labels[at] for at in places]
    if head.shape == Shape.JISC:
        labels = [re.sub(r"^Q?\d+(?:[._]\w+)*\.?\s*", "", label) or label for label in labels]
    shared = "".join(_same(labels))
    cut = max(
        (shared.rfind(mark) + len(mark) for mark in (" - ", " – ", ": ", "[") if mark in shared),
        default=0,
    )
    tails = [label[cut:].strip(" ]") for label in labels]
    label = re.sub(r"(?: [-–] selected choice)?[-–:\[\s]*$", "", shared[:cut], flags=re.IGNORECASE)
    return label or stem, tails


def _same(labels: list[str]) -> Iterator[str]:
    for letters in zip(*labels, strict=False):
        if len(set(letters)) > 1:
            return
        yield letters[0]
