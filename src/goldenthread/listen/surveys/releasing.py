"""What may be shown of a wave: every table under the rules for figures about people.

At least ten answered (twenty where it is sensitive), counts in steps of 5, means from 25 answers
with one decimal (or to a half or a whole, where that would tell too much), no least or greatest
value.
Tables of one question are attacked together with all that was released of the wave before; more is
hidden until nothing hidden is known to within 5.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.listen.surveys.counting import (
    Counted,
    Line,
    Tally,
    banded,
    edges_of,
    lines_of,
)
from goldenthread.listen.surveys.guarding import FINE, Mean, mean_for
from goldenthread.listen.surveys.models import Question, Results
from goldenthread.safety.release.control import together
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES
from goldenthread.safety.release.control.sheets import as_data, count, fewest, from_data
from goldenthread.safety.release.control.tables import Key
from goldenthread.safety.release.control.together import ALL, Sheet

RULE: Final = PROFILES[DEFAULT]
Kind = Question.Kind
POINTS: Final = {Kind.SCALE, Kind.MATRIX}
MEANS_FROM: Final = 25  # of fewer, a mean with one decimal says too much of each


@dataclass
class Released:
    """What is shown, and what is beneath."""

    shown: dict[str, Any] = field(default_factory=dict)
    bases: dict[str, Any] = field(default_factory=dict)


def release(
    questions: Sequence[Question],
    counted: Counted,
    earlier: Sequence[Results],
    edges: Mapping[str, Sequence[Any]],
) -> Released:
    """Return the next release of a wave; `edges` are the bands that an earlier release used."""
    found = edges_of(questions, counted, edges)
    banded(counted, found)
    lines = list(lines_of(questions, found))
    exact = {line.name: counted.tables.get(line.name, Tally()) for line in lines}
    last = earlier[-1] if earlier else None
    sheets, anew = _sheets(lines, exact, earlier)
    bases = {
        name: _exact(tally) if name in anew or last is None else last.bases["tables"][name]
        for name, tally in exact.items()
    }
    means = _means(lines, exact, sheets, anew, earlier)
    ranks, rank_bases = _ranks(questions, counted.ranks, last)
    return Released(
        shown={
            "people": in_fives(counted.people),
            "tables": {name: as_data(name, sheet) for name, sheet in sheets.items()},
            "means": {name: mean.value if mean else None for name, mean in means.items()},
            "steps": {name: mean.step for name, mean in means.items() if mean and mean.step > FINE},
            "edges": found,
            "ranks": ranks,
            "areas": _areas(lines, means),
        },
        bases={
            "people": counted.people,
            "tables": bases,
            "ranks": rank_bases,
        },
    )


def _exact(tally: Tally) -> dict[str, Any]:
    return {
        "people": tally.people,
        "cells": dict(tally.cells),
        "total": tally.total,
        "squares": tally.squares,
    }


def sheets_of(results: Results) -> dict[str, Sheet]:
    """Return the tables of a release."""
    return {
        name: from_data(kept, (name,), RULE, results.number)
        for name, kept in results.shown["tables"].items()
    }


def _sheets(
    lines: Sequence[Line], exact: Mapping[str, Tally], earlier: Sequence[Results]
) -> tuple[dict[str, Sheet], set[str]]:
    """Return the tables, and which of them were counted anew: those that ten more have joined."""
    number = len(earlier) + 1
    kept = [sheets_of(each) for each in earlier]
    made: dict[str, Sheet] = {}
    anew = set()
    for line in lines:
        before = kept[-1].get(line.name) if kept else None
        people = exact[line.name].people
        if before and people - earlier[-1].bases["tables"][line.name]["people"] < SMALLEST:
            made[line.name] = before
            continue
        cells = {Key(ALL, key): exact[line.name].cells[key] for key in line.keys}
        made[line.name] = count((line.name,), cells, RULE, number, [line.question.sensitive])
        anew.add(line.name)
    return together.settle(kept, made), anew


def _means(
    lines: Sequence[Line],
    exact: Mapping[str, Tally],
    sheets: Mapping[str, Sheet],
    anew: set[str],
    earlier: Sequence[Results],
) -> dict[str, Mean | None]:
    """Return the mean beside each table that may have one."""
    found: dict[str, Mean | None] = {}
    for line in lines:
        tally, sheet = exact[line.name], sheets[line.name]
        if not line.has_mean:
            continue
        if line.name not in anew:
            found[line.name] = mean_in(earlier[-1], line.name)
        elif sheet.below or sheet.most or sheet.answered is None or tally.people < MEANS_FROM:
            found[line.name] = None
        elif line.question.kind == Kind.NUMBER:
            found[line.name] = Mean.of(tally.total / tally.people, FINE)
        else:
            points = [float(key) for key in line.keys]
            told = _told(line.name, earlier)
            found[line.name] = mean_for(told, sheet, tally.total / tally.people, points)
    return found


def mean_in(results: Results, name: str) -> Mean | None:
    """Return a mean as a release told it."""
    value = results.shown["means"].get(name)
    if value is None:
        return None
    return Mean(value, results.shown["steps"].get(name, FINE))


def _told(name: str, earlier: Sequence[Results]) -> list[tuple[Sheet, Mean | None]]:
    """Return a table with its mean, each time that it was counted anew."""
    told = []
    for each in earlier:
        sheet = sheets_of(each).get(name)
        if sheet is not None and sheet.made == each.number:
            told.append((sheet, mean_in(each, name)))
    return told


Means = dict[str, Any]


def _ranks(
    questions: Sequence[Question], tallies: Mapping[str, Tally], last: Results | None
) -> tuple[Means, Means]:
    """Return the mean place of each option, and how many people are behind it."""
    sensitive = {str(each.ref): each.sensitive for each in questions}
    shown: Means = {}
    bases: Means = {}
    for name, tally in tallies.items():
        before = last.bases["ranks"].get(name) if last else None
        if last and before is not None and tally.people - before < SMALLEST:
            shown[name], bases[name] = last.shown["ranks"][name], before
            continue
        least = fewest(1, sensitive=sensitive.get(name.partition("/")[0], False))
        enough = tally.people >= max(least, MEANS_FROM)
        shown[name] = round(tally.total / tally.people, 1) if enough else None
        bases[name] = tally.people
    return shown, bases


def _areas(lines: Sequence[Line], means: Mapping[str, Mean | None]) -> dict[str, float | None]:
    """Return how each area stands, from 1 to 5, made of nothing but the means as they are told.

    The lowest step is the worst; questions of which it is the best are turned. None where most of
    its means cannot be told.
    """
    ways: dict[str, list[float | None]] = {}
    for line in lines:
        question = line.question
        if question.area and question.kind in POINTS and len(line.keys) > 1:
            low, high = int(line.keys[0]), int(line.keys[-1])
            mean = means.get(line.name)
            way = (mean.value - low) / (high - low) if mean else None
            turned = 1 - way if way is not None and question.reversed else way
            ways.setdefault(question.area, []).append(turned)
    return {area: _standing(found) for area, found in sorted(ways.items())}


def _standing(ways: Sequence[float | None]) -> float | None:
    told = [way for way in ways if way is not None]
    if not told or 2 * len(told) < len(ways):
        return None
    return round(1 + 4 * sum(told) / len(told), 1)
