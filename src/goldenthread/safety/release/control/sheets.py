"""Tables of answers about people: counted under the rules for bases, and kept as plain data."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from goldenthread.safety.release.control.hiding import protect
from goldenthread.safety.release.control.profiles import WIDTH, Profile
from goldenthread.safety.release.control.tables import GRAND, Key, Table
from goldenthread.safety.release.control.together import NEW, Full, Sheet

FEWEST: Final = 10  # people behind a table; the strictest of the three holds
FEWEST_SENSITIVE: Final = 20
FEWEST_CROSSED: Final = 50


def fewest(questions: int, *, sensitive: bool) -> int:
    """Return how many people must have answered before anything is shown of a table."""
    if questions > 1:
        return FEWEST_CROSSED
    return FEWEST_SENSITIVE if sensitive else FEWEST


def count(
    questions: tuple[str, ...],
    cells: Mapping[Key, int],
    profile: Profile,
    made: int,
    sensitive: Sequence[bool],
) -> Sheet:
    """Return what may be shown of a table by itself; `sensitive` says it of each question."""
    rule = profile.on_sensitive() if any(sensitive) else profile
    answered, nothing = sum(cells.values()), dict.fromkeys(cells)
    least = fewest(len(questions), sensitive=any(sensitive))
    if answered < least:
        return Sheet(questions, nothing, None, rule, made, below=least)
    most = max(cells, key=lambda key: cells[key])
    if len(questions) == 1 and sensitive[0] and answered - cells[most] < NEW:
        return Sheet(questions, nothing, rule.shown(answered), rule, made, most=most)
    done = protect(Table(cells), rule, _alike(cells, sensitive))
    shown = {key: done.shown(key) for key in cells}
    return Sheet(questions, shown, done.shown(GRAND), rule, made, more=done.more_hidden)


def _alike(cells: Mapping[Key, int], sensitive: Sequence[bool]) -> frozenset[Key]:
    """Return the lines in which nearly all gave one sensitive answer: a number tells on each."""
    found: set[Key] = set()
    for side in (0, 1) if len(sensitive) > 1 else ():
        if sensitive[1 - side]:
            for name in {key[side] for key in cells}:
                line = {key: number for key, number in cells.items() if key[side] == name}
                whole = sum(line.values())
                if whole and whole - max(line.values()) < WIDTH:
                    found |= set(line)
    return frozenset(found)


def as_data(name: str, sheet: Sheet) -> dict[str, Any]:
    """Return what is kept of a table, and shown."""
    return {
        "question": name,
        "cells": [[key.row, key.column, number] for key, number in sheet.cells.items()],
        "answered": sheet.answered,
        "made": sheet.made,
        "closed": sheet.closed,
        "below": sheet.below,
        "most": list(sheet.most) if sheet.most else None,
        "more": sheet.more,
        "zero": sheet.profile.hides(0),
    }


def from_data(
    kept: Mapping[str, Any], questions: tuple[str, ...], profile: Profile, number: int
) -> Sheet:
    """Return a table as it was kept in release `number`; old ones said less about themselves."""
    return Sheet(
        questions=questions,
        cells={Key(row, column): shown for row, column, shown in kept["cells"]},
        answered=kept["answered"],
        profile=profile.on_sensitive() if kept.get("zero") else profile,
        made=kept.get("made", number),
        closed=kept.get("closed", 0),
        below=kept.get("below", 0),
        most=Key(*kept["most"]) if kept.get("most") else None,
        more=kept.get("more", True),
        strict="made" in kept,
    )


def full(totals: Sequence[Mapping[str, int]], releases: Sequence[Mapping[str, Sheet]]) -> Full:
    """Return where all who answered a question answered its pair too: whoever guesses is right.

    `totals` are how many answered each table, release by release.
    """
    return {
        (number, name, side)
        for number, (sheets, counts) in enumerate(zip(releases, totals, strict=True), start=1)
        for name, sheet in sheets.items()
        for side, question in enumerate(sheet.questions)
        if len(sheet.questions) > 1
        and question in sheets
        and number == sheet.made == sheets[question].made
        and counts.get(name) == counts.get(question)
    }
