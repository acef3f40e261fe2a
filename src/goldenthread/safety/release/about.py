"""Who we heard from: answers that people gave about themselves, as tables that may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from goldenthread.kit.figures import SMALLEST
from goldenthread.projects.models import Project
from goldenthread.safety.equality.models import Waiting
from goldenthread.safety.equality.queries import asked_by, counts_of
from goldenthread.safety.equality.questions import CROSSED, Question, questions_of
from goldenthread.safety.release.control import protect
from goldenthread.safety.release.control.history import Audited
from goldenthread.safety.release.control.profiles import Profile
from goldenthread.safety.release.control.tables import GRAND, Key, Table
from goldenthread.safety.release.models import Release

ALL = "all"  # the one row of a table of one question


@dataclass(frozen=True)
class Told:
    """One table: what is shown of it, how many answered exactly, how much was hidden."""

    shown: dict[str, Any]
    answered: int
    by_rule: int
    beyond: int


def wholes(project: Project) -> dict[str, int]:
    """Count how many answered each question, to know when ten more have."""
    counts = counts_of(project)
    return {f"about:{question}": sum(found.values()) for question, found in counts.items()}


def waits(project: Project) -> bool:
    """Whether answers wait that never became ten."""
    return Waiting.objects.filter(batch__project=project).exists()


def tables(project: Project, profile: Profile, last: Release | None, *, over: bool) -> list[Told]:
    """Return a table for each question, and for each crossing that was declared beforehand.

    A table that fewer than ten have joined since stays as it was, until listening is over.
    """
    asked = asked_by(project)
    if asked is None:
        return []
    counts = counts_of(project, with_waiting=over)
    known = {each.key: each for each in questions_of(project)}
    pairs = [(key,) for key in known] + [tuple(pair) for pair in asked.crossings]
    before = {each["question"]: each for each in last.about} if last else {}
    bases = last.bases if last else {}
    made = []
    for pair in pairs:
        name = CROSSED.join(pair)
        found = counts.get(name, {})
        grown = sum(found.values()) - bases.get(f"about:{name}", 0)
        if name in before and grown < SMALLEST and not (over and grown):
            made.append(Told(before[name], bases.get(f"about:{name}", 0), 0, 0))
        else:
            made.append(_told(name, [known[key] for key in pair], found, profile))
    return made


def bases(made: list[Told]) -> dict[str, int]:
    """Return how many answered each question: the sum alone, never the answers."""
    return {f"about:{each.shown['question']}": each.answered for each in made}


def _told(name: str, pair: list[Question], counts: Mapping[str, int], profile: Profile) -> Told:
    cells = {_key(pair, given): counts.get(CROSSED.join(given), 0) for given in _answers(pair)}
    table = Table(cells)
    done, answered = protect(table, profile), table.count(GRAND)
    small = answered < SMALLEST
    alone = any(each.sensitive for each in pair) and any(
        count == sum(cells[other] for other in cells if other.row == key.row)
        for key, count in cells.items()
        if count
    )
    nothing = small or alone  # where everyone answers the same, a number would tell on each
    shown = {key: None if nothing else done.shown(key) for key in cells}
    rows = [[key.row, key.column, number] for key, number in shown.items()]
    whole = None if small else done.shown(GRAND)
    told = {"question": name, "cells": rows, "answered": whole}
    hidden = [key for key in cells if shown[key] is None]
    by_rule = sum(key in done.by_rule for key in hidden)
    return Told(told, answered, by_rule, len(hidden) - by_rule)


def _answers(pair: list[Question]) -> list[tuple[str, ...]]:
    one, *other = [[key for key, _ in each.offered] for each in pair]
    if not other:
        return [(answer,) for answer in one]
    return [(left, right) for left in one for right in other[0]]


def _key(pair: list[Question], given: tuple[str, ...]) -> Key:
    return Key(ALL, given[0]) if len(pair) == 1 else Key(given[0], given[1])


def summary(counts: Mapping[str, int], audited: Audited, made: list[Told]) -> dict[str, Any]:
    """Say what the audit found, to be kept with the release."""
    return {
        "figures": len(counts),
        "by_rule": sum(count < SMALLEST for count in counts.values()),
        "beyond": sorted(audited.beyond),
        "narrowest": min(
            (each.high - each.low for each in audited.ranges.values() if each.high is not None),
            default=None,
        ),
        "cells": sum(len(each.shown["cells"]) for each in made),
        "cells_by_rule": sum(each.by_rule for each in made),
        "cells_beyond": sum(each.beyond for each in made),
    }
