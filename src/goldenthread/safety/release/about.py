"""Who we heard from: answers that people gave about themselves, as tables that may be shown."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from goldenthread.kit.figures import SMALLEST
from goldenthread.projects.models import Project
from goldenthread.safety.equality.models import Waiting
from goldenthread.safety.equality.queries import Counts, asked_by, counts_of
from goldenthread.safety.equality.questions import CROSSED, Question, questions_of
from goldenthread.safety.release.control import together
from goldenthread.safety.release.control.history import Audited
from goldenthread.safety.release.control.profiles import PROFILES, Profile
from goldenthread.safety.release.control.sheets import as_data, count, from_data, full
from goldenthread.safety.release.control.tables import Key
from goldenthread.safety.release.control.together import ALL, Sheet
from goldenthread.safety.release.models import Release


@dataclass(frozen=True)
class Told:
    """One table: what is shown of it, how many answered exactly, how much was hidden."""

    shown: dict[str, Any]
    answered: int
    by_rule: int = 0
    beyond: int = 0


def wholes(project: Project) -> dict[str, int]:
    """Count how many answered each question, to know when ten more have."""
    counts = counts_of(project)
    return {f"about:{question}": sum(found.values()) for question, found in counts.items()}


def waits(project: Project) -> bool:
    """Whether answers wait that never became ten."""
    return Waiting.objects.filter(batch__project=project).exists()


def tables(project: Project, profile: Profile, earlier: list[Release], *, over: bool) -> list[Told]:
    """Return a table for each question, and for each crossing that was declared beforehand.

    A table that fewer than ten have joined since stays as it was. When listening is over they are
    added to the number of people, and their answers are counted nowhere.
    """
    asked = asked_by(project)
    if asked is None:
        return []
    counts, number = counts_of(project, with_waiting=over), len(earlier) + 1
    known = {each.key: each for each in questions_of(project)}
    made: dict[str, tuple[Sheet, int]] = {}
    for pair in [(key,) for key in known] + [tuple(pair) for pair in asked.crossings]:
        name = CROSSED.join(pair)
        found = counts.get(name, {})
        before = _before(name, earlier[-1]) if earlier else None
        answered = sum(found.values())
        if before is None or answered - before[1] >= SMALLEST:
            questions = [known[key] for key in pair]
            made[name] = _counted(questions, found, profile, number), answered
        elif over and answered > before[1] and before[0].answered is not None:
            shown = before[0].profile.shown(answered)
            made[name] = replace(before[0], answered=shown, closed=number), answered
        else:
            made[name] = before
    return _settled(made, counts, earlier)


def _before(name: str, last: Release) -> tuple[Sheet, int] | None:
    """Return a table as it stood in the last release, and how many had answered."""
    sheet = _sheets(last).get(name)
    return None if sheet is None else (sheet, last.bases.get(f"about:{name}", 0))


def _sheets(release: Release) -> dict[str, Sheet]:
    """Return the tables of a release."""
    rule = PROFILES[release.profile]
    kept = {each["question"]: each for each in release.about}
    return {
        name: from_data(each, tuple(name.split(CROSSED)), rule, release.number)
        for name, each in kept.items()
    }


def _counted(
    pair: list[Question], found: Mapping[str, int], profile: Profile, number: int
) -> Sheet:
    cells = {_key(pair, given): found.get(CROSSED.join(given), 0) for given in _answers(pair)}
    names, sensitive = tuple(each.key for each in pair), [each.sensitive for each in pair]
    return count(names, cells, profile, number, sensitive)


def _settled(
    made: Mapping[str, tuple[Sheet, int]], counts: Counts, earlier: list[Release]
) -> list[Told]:
    """Attack the tables together with every release before, and hide more where that is needed."""
    newest = {name: sheet for name, (sheet, _) in made.items()}
    answered = {name: number for name, (_, number) in made.items()}
    kept = [_sheets(each) for each in earlier]
    totals = [_totals(each) for each in earlier]
    alike = full([*totals, answered], [*kept, newest])
    done = together.settle(kept, newest, alike)
    return [
        _told(name, sheet, answered[name], counts.get(name, {}), anew=sheet.made > len(earlier))
        for name, sheet in done.items()
    ]


def _totals(release: Release) -> dict[str, int]:
    found = release.bases.items()
    return {name.removeprefix("about:"): number for name, number in found}


def bases(made: list[Told]) -> dict[str, int]:
    """Return how many answered each question: the sum alone, never the answers."""
    return {f"about:{each.shown['question']}": each.answered for each in made}


def _told(name: str, sheet: Sheet, answered: int, counts: Mapping[str, int], *, anew: bool) -> Told:
    hidden = [key for key, shown in sheet.cells.items() if shown is None]
    true = [counts.get(_name(key), 0) for key in hidden]
    by_rule = sum(sheet.profile.hides(each) for each in true) if anew else 0
    beyond = len(hidden) - by_rule if anew else 0
    return Told(as_data(name, sheet), answered, by_rule, beyond)


def _answers(pair: list[Question]) -> list[tuple[str, ...]]:
    one, *other = [[key for key, _ in each.offered] for each in pair]
    if not other:
        return [(answer,) for answer in one]
    return [(left, right) for left in one for right in other[0]]


def _key(pair: list[Question], given: tuple[str, ...]) -> Key:
    return Key(ALL, given[0]) if len(pair) == 1 else Key(given[0], given[1])


def _name(key: Key) -> str:
    return str(key.column) if key.row == ALL else CROSSED.join(map(str, key))


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
