"""The opinion map: who stands where, which groups there are, what tells them apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.listen.conversations.mapping import axes, figures, grouping
from goldenthread.listen.conversations.mapping.figures import Divide, Representative, Shared
from goldenthread.listen.conversations.mapping.grouping import Certainty
from goldenthread.listen.conversations.mapping.votes import Votes

ENOUGH: Final = 7  # votes, or all statements if there are fewer, to be put in a group
FEWEST: Final = 15  # people who are grouped if as many voted: the most active ones
NO_GROUPS: Final = Certainty("none")

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Group:
    """People who vote alike: their number, how many they are, what tells them from the others."""

    number: int
    size: int
    representative: tuple[Representative, ...]


@dataclass(frozen=True)
class OpinionMap:
    """What votes say of who stands where.

    `group_of`: the group of each person, None where not grouped (too few votes).
    `consensus`: group-informed consensus of each statement, 0 .. 1; empty without groups.
    `common`: statements on which most of all people agree or disagree.
    `divides`: statements that divide two groups, the greatest difference first.
    `positions`: x and y of each person; direction and scale have no meaning of their own.
    `silhouettes`: by number of groups tried, -1 .. 1; `certainty`: how sure that number is.
    `axes`: the part of each statement in x and y; `separation`: how far one vote on it moves.
    """

    group_of: dict[str, int | None]
    groups: tuple[Group, ...]
    consensus: dict[str, float]
    common: tuple[Shared, ...]
    divides: tuple[Divide, ...]
    positions: dict[str, tuple[float, float]]
    silhouettes: dict[int, float]
    certainty: Certainty
    axes: dict[str, tuple[float, float]]
    separation: dict[str, float]


@axes.on_one_thread
def draw_map(
    votes: Votes,
    *,
    groups: int | None = None,
    given: Mapping[str, int | None] | None = None,
    last: Mapping[str, int] | None = None,
    least: int = 1,
    zeroed: int = 0,
) -> OpinionMap:
    """Draw the map of some votes; the same votes always give the same map.

    `groups`: how many groups there are to be, else the number with the best silhouette.
    `given`: the group of each person, taken instead of finding groups. `last`: the groups last
    time, whose numbers are kept where most people stayed. `least`: groups of fewer people are
    joined to the nearest one. `zeroed`: how many statements that were turned down stretch the map
    as in Polis, where everybody counts as having passed on them: only to compare with groups that
    Polis recorded. Raises ValueError for fewer than one group.
    """
    if groups is not None and groups < 1:
        raise ValueError("There must be at least one group.")
    centred = axes.Centred.of(votes)
    found = axes.directions(centred)
    places = axes.positions(centred, found, zeroed)
    if given is not None:
        sorted_ = _given(votes, given)
    else:
        sorted_ = _found(votes, places, groups, last, least)
    far = axes.separation(centred, found)
    return _map(votes, _Places(places, found, far), sorted_)


def grouped(votes: Votes) -> Labels:
    """Return the places of the people who are grouped: with enough votes, or the most active."""
    counts = votes.counts()
    enough = counts >= max(1, min(ENOUGH, len(votes.statements)))
    if (missing := FEWEST - int(enough.sum())) > 0:
        others = np.flatnonzero(~enough & (counts > 0))
        enough[others[np.argsort(-counts[others], kind="stable")][:missing]] = True
    return np.flatnonzero(enough)


@dataclass(frozen=True)
class _Places:
    """People x 2, 2 x statements, and how far each statement moves."""

    people: Floats
    axes: Floats
    separation: Floats


@dataclass(frozen=True)
class _Sorted:
    """The group of each person (-1: not grouped), and what is known of the number of groups."""

    labels: Labels
    silhouettes: dict[int, float]
    certainty: Certainty


def _found(
    votes: Votes,
    places: Floats,
    number: int | None,
    last: Mapping[str, int] | None,
    least: int,
) -> _Sorted:
    labels = np.full(len(votes.participants), -1)
    who = grouped(votes)
    points = places[who]
    done = grouping.group(points, number)
    if done is None:
        return _Sorted(labels, {}, NO_GROUPS)
    joined = grouping.merged(done.labels, points, least)
    named = grouping.in_order(joined, points)
    if last:
        named = grouping.as_last(named, [last.get(votes.participants[at]) for at in who])
    labels[who] = named
    return _Sorted(labels, done.silhouettes, done.certainty)


def _given(votes: Votes, given: Mapping[str, int | None]) -> _Sorted:
    of_each = [given.get(name) for name in votes.participants]
    if any(number is not None and number < 0 for number in of_each):
        raise ValueError("A group has a number of 0 or more.")
    labels = np.array([-1 if number is None else number for number in of_each], dtype=np.int64)
    return _Sorted(labels, {}, Certainty("given") if (labels >= 0).any() else NO_GROUPS)


def _map(votes: Votes, at: _Places, done: _Sorted) -> OpinionMap:
    names = votes.statements
    numbers = np.unique(done.labels[done.labels >= 0])
    row = np.where(done.labels >= 0, np.searchsorted(numbers, done.labels), -1)
    counts, everybody = figures.count(votes, row, len(numbers))
    far = np.round(at.separation, axes.DIGITS).tolist()
    agreed = figures.consensus(counts).tolist() if len(numbers) else []
    return OpinionMap(
        group_of=_numbered(votes, done.labels),
        groups=_groups(counts, row, numbers, names),
        consensus=dict(zip(names, agreed, strict=True)) if len(numbers) else {},
        common=figures.shared(everybody, names),
        divides=figures.divides(counts, names, numbers.tolist()),
        positions=_pairs(votes.participants, at.people),
        silhouettes=done.silhouettes,
        certainty=done.certainty,
        axes=_pairs(names, np.round(at.axes.T, axes.DIGITS)),
        separation=dict(zip(names, far, strict=True)),
    )


def _numbered(votes: Votes, labels: Labels) -> dict[str, int | None]:
    numbers = (number if number >= 0 else None for number in labels.tolist())
    return dict(zip(votes.participants, numbers, strict=True))


def _groups(
    counts: figures.Counts, row: Labels, numbers: Labels, names: tuple[str, ...]
) -> tuple[Group, ...]:
    sizes = np.bincount(row[row >= 0], minlength=len(numbers)).tolist()
    chosen = figures.representative(counts, names)
    return tuple(Group(*each) for each in zip(numbers.tolist(), sizes, chosen, strict=True))


def _pairs(names: tuple[str, ...], values: Floats) -> dict[str, tuple[float, float]]:
    pairs = zip(values[:, 0].tolist(), values[:, 1].tolist(), strict=True)
    return dict(zip(names, pairs, strict=True))
