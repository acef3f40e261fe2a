"""Which figures about people there are. Rooms register them; they are counted only at freezing."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import QuerySet

from goldenthread.projects.models import Project

Count = Callable[[Project], int]
Counts = Callable[[Project], Mapping[str, int]]
Sums = Callable[[Iterable[str]], Mapping[str, list[str]]]
Teller = Callable[[Project, Any], "Section"]
Delegates = Callable[[datetime], QuerySet[Any]]
Lengths = Callable[[Project], list[int]]
_wholes: dict[str, Count] = {}
_parts: list[Counts] = []
_sums: list[Sums] = []
_medians: dict[str, Lengths] = {}
_tellers: list[Teller] = []
_delegates: list[Delegates] = []
_C = TypeVar("_C", bound=Counts)


@dataclass(frozen=True)
class Section:
    """What a room says of a release: a heading, and a line for each figure."""

    heading: str
    lines: Sequence[str]


def figure(name: str) -> Callable[[Count], Count]:
    """Register `count(project)`: an exact count of the whole project, such as its voices."""

    def registered(count: Count) -> Count:
        _wholes[name] = count
        return count

    return registered


def figures(counts: _C) -> _C:
    """Register `counts(project) -> {name: exact count}`: many at once, one a theme."""
    _parts.append(counts)
    return counts


def adds_up(sums: Sums) -> Sums:
    """Register `sums(names) -> {whole: parts}`: which figures may add up exactly to another one.

    Whether they do is looked up in each release: whoever guesses it is right where it is so.
    """
    _sums.append(sums)
    return sums


def median(name: str) -> Callable[[Lengths], Lengths]:
    """Register `lengths(project)`: one number a person, of which only the median is ever shown."""

    def registered(lengths: Lengths) -> Lengths:
        _medians[name] = lengths
        return lengths

    return registered


def wholes_of(project: Project) -> dict[str, int]:
    """Count everything that is counted for the whole project."""
    return {name: count(project) for name, count in _wholes.items()}


def parts_of(project: Project) -> dict[str, int]:
    """Count everything that is counted by part."""
    return {name: number for counts in _parts for name, number in counts(project).items()}


def sums_of(names: Iterable[str]) -> dict[str, list[str]]:
    """Return which of these figures add up to which."""
    return {whole: parts for sums in _sums for whole, parts in sums(names).items()}


def tops_of(sums: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return for each figure that adds up with others the one that decides when all may change.

    It is the whole of the smallest group: what was answered about one change, not about all.
    """
    tops: dict[str, str] = {}
    for whole in sorted(sums, key=lambda each: any(each in parts for parts in sums.values())):
        group = (whole, *sums[whole])
        top = next((tops[name] for name in group if name in tops), whole)
        for name in group:
            tops.setdefault(name, top)
    return tops


def lengths_of(project: Project) -> dict[str, list[int]]:
    """Return everything of which a median may be shown."""
    return {name: lengths(project) for name, lengths in _medians.items()}


def tells(teller: Teller) -> Teller:
    """Register `teller(project, figures) -> section`: the figures of a room, in words."""
    _tellers.append(teller)
    return teller


def sections_of(project: Project, figures: Any) -> list[Section]:
    """Return what the rooms say of the figures of a release; a room without any says nothing."""
    told = [teller(project, figures) for teller in _tellers]
    return [each for each in told if each.lines]


def stands_in(rows: Delegates) -> Delegates:
    """Register `rows(now)`, each a `delegate` and their `project`: who decides in a name today."""
    _delegates.append(rows)
    return rows


def delegates(now: datetime) -> QuerySet[Any]:
    """Return who decides in someone's name today, and in which project."""
    [rows] = _delegates
    return rows(now)
