"""What stands out in each group, what all agree on, and what divides.

For a group and a statement: A agrees, D disagrees, S seen (passes too). pa = (A+1)/(S+2); the test
of one proportion against a half z = 2 sqrt(S+1) ((A+1)/(S+1) - 0.5); the test of two proportions
against all other groups together, with 1 added to every count. Arrays have the shape groups x
statements. Source: Small and others, Recerca 26(2), 2021, and the Polis server (repness.clj).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.listen.conversations.mapping.votes import CHOICES, Votes

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer[Any]]

SURE: Final = 1.2816  # z beyond which nine in ten chance results lie below
SHOWN: Final = 5  # representative statements of a group


@dataclass(frozen=True)
class Counts:
    """Votes on each statement in each group; whole numbers of shape groups x statements."""

    agree: Ints
    disagree: Ints
    seen: Ints

    def others(self) -> "Counts":
        """Return for each group the counts of all other groups together."""
        return Counts(
            self.agree.sum(axis=0) - self.agree,
            self.disagree.sum(axis=0) - self.disagree,
            self.seen.sum(axis=0) - self.seen,
        )


@dataclass(frozen=True)
class Shared:
    """A statement on which most people, of all groups and none, agree or disagree."""

    statement: str
    direction: str  # "agree" or "disagree"
    n_agree: int
    n_disagree: int
    n_seen: int
    p: float
    p_test: float


@dataclass(frozen=True)
class Representative:
    """A statement that tells a group from the others, as the figures of its direction say.

    `best_agree`: the statement that the group agrees with and that tells it best, kept whatever
    the tests say.
    """

    statement: str
    direction: str  # "agree" or "disagree"
    n_agree: int
    n_disagree: int
    n_seen: int
    p: float
    p_test: float
    repness: float
    repness_test: float
    best_agree: bool = False


@dataclass(frozen=True)
class Divide:
    """A statement that divides two groups: the difference of their pa, and its test."""

    statement: str
    more: int  # group that agrees more
    less: int
    difference: float
    test: float


@dataclass(frozen=True)
class Sides:
    """Figures of one direction: proportion, its test, ratio to the others, the test of that."""

    p: Floats
    p_test: Floats
    repness: Floats
    repness_test: Floats

    def metric(self) -> Floats:
        product: Floats = self.repness * self.repness_test * self.p * self.p_test
        return product


def count(votes: Votes, groups: Ints, many: int) -> tuple[Counts, Counts]:
    """Count votes in each group, and of everybody as one group (who is in no group too).

    `groups` holds for each person a place 0 .. many - 1, or -1.
    """
    width = len(votes.statements)
    cell = (groups.astype(np.int64) + 1)[votes.who()]
    cell *= width
    cell += votes.matrix.indices
    cell *= CHOICES
    cell += votes.matrix.data
    cell += 1
    found = np.bincount(cell, minlength=(many + 1) * width * CHOICES)
    disagree, passed, agree = np.moveaxis(found.reshape(many + 1, width, CHOICES), 2, 0)
    seen = disagree + passed + agree
    together = [each.sum(axis=0, keepdims=True) for each in (agree, disagree, seen)]
    return Counts(agree[1:], disagree[1:], seen[1:]), Counts(*together)


def proportion(chosen: Ints, seen: Ints) -> Floats:
    """Return (A+1)/(S+2)."""
    p: Floats = (chosen + 1) / (seen + 2)
    return p


def one_test(chosen: Ints, seen: Ints) -> Floats:
    """Return z of a proportion against a half."""
    z: Floats = 2 * np.sqrt(seen + 1) * ((chosen + 1) / (seen + 1) - 0.5)
    return z


def two_test(chosen: Ints, others: Ints, seen: Ints, others_seen: Ints) -> Floats:
    """Return z of the difference of two proportions; 0 where everybody chose the same."""
    inside, outside, many, rest = chosen + 1, others + 1, seen + 1, others_seen + 1
    pooled = (inside + outside) / (many + rest)
    spread = pooled * (1 - pooled) * (1 / many + 1 / rest)
    z: Floats = np.where(
        spread > 0, (inside / many - outside / rest) / np.sqrt(np.where(spread > 0, spread, 1)), 0
    )
    return z


def sides(counts: Counts) -> tuple[Sides, Sides]:
    """Return the figures of agreeing and of disagreeing."""
    rest = counts.others()
    return (
        _side(counts.agree, rest.agree, counts.seen, rest.seen),
        _side(counts.disagree, rest.disagree, counts.seen, rest.seen),
    )


def representative(counts: Counts, names: Sequence[str]) -> list[tuple[Representative, ...]]:
    """Return for each group up to five statements, agrees first; the best agree is always kept."""
    agree, disagree = sides(counts)
    return [_of_group(counts, agree, disagree, place, names) for place in range(len(counts.seen))]


def consensus(counts: Counts) -> Floats:
    """Return the group-informed consensus of each statement: the product of pa over groups."""
    product: Floats = proportion(counts.agree, counts.seen).prod(axis=0)
    return product


def shared(counts: Counts, names: Sequence[str]) -> tuple[Shared, ...]:
    """Return what most agree with, then what most disagree with: p > .5 and z > 1.2816.

    `counts` are of all people as one group. Each direction is ordered by p x z.
    """
    found = []
    seen = counts.seen[0]
    for direction, chosen in (("agree", counts.agree[0]), ("disagree", counts.disagree[0])):
        p, z = proportion(chosen, seen), one_test(chosen, seen)
        passing = np.flatnonzero((p > 0.5) & (z > SURE))  # noqa: PLR2004 - a half
        order = passing[np.argsort(-(p * z)[passing], kind="stable")]
        found += [
            Shared(names[at], direction, *_numbers(counts, 0, at), float(p[at]), float(z[at]))
            for at in order
        ]
    return tuple(found)


def divides(counts: Counts, names: Sequence[str], numbers: Sequence[int]) -> tuple[Divide, ...]:
    """Return the statements that divide two groups, the greatest difference first.

    The measure is pa of the group that agrees most less pa of the group that agrees least; it
    counts only if the test of the two proportions says z > 1.2816. Few votes pull pa to a half, so
    a difference of two small groups has to be earned.
    """
    if len(numbers) < 2:  # noqa: PLR2004 - two sides
        return ()
    pa = proportion(counts.agree, counts.seen)
    more, less, at = pa.argmax(axis=0), pa.argmin(axis=0), np.arange(pa.shape[1])
    difference = pa[more, at] - pa[less, at]
    z = two_test(
        counts.agree[more, at], counts.agree[less, at], counts.seen[more, at], counts.seen[less, at]
    )
    order = np.argsort(-difference, kind="stable")
    return tuple(
        Divide(
            names[one],
            numbers[more[one]],
            numbers[less[one]],
            float(difference[one]),
            float(z[one]),
        )
        for one in order
        if z[one] > SURE
    )


def _side(chosen: Ints, others: Ints, seen: Ints, others_seen: Ints) -> Sides:
    p = proportion(chosen, seen)
    return Sides(
        p,
        one_test(chosen, seen),
        p / proportion(others, others_seen),
        two_test(chosen, others, seen, others_seen),
    )


def _of_group(
    counts: Counts, agree: Sides, disagree: Sides, group: int, names: Sequence[str]
) -> tuple[Representative, ...]:
    """Choose as the Polis server does: the direction is that of the greater two-proportion z."""
    agrees = agree.repness_test[group] > disagree.repness_test[group]
    passing = _passes(agree, group) | _passes(disagree, group)
    metric = np.where(agrees, agree.metric()[group], disagree.metric()[group])
    best = _best_agree(agree, counts, group)
    order = [int(at) for at in np.argsort(-metric, kind="stable") if passing[at]]
    chosen = order if best is None else [best, *(at for at in order if at != best)]
    if not chosen:
        chosen = _farthest(agree, disagree, counts, group)
    told = [
        _told(
            counts,
            group,
            at,
            names[at],
            direction="agree" if agrees[at] else "disagree",
            side=agree if agrees[at] else disagree,
            best_agree=at == best,
        )
        for at in chosen[:SHOWN]
    ]
    return tuple(sorted(told, key=lambda each: each.direction != "agree"))


def _passes(side: Sides, group: int) -> npt.NDArray[np.bool_]:
    passes: npt.NDArray[np.bool_] = (side.repness_test[group] > SURE) & (side.p_test[group] > SURE)
    return passes


def _best_agree(agree: Sides, counts: Counts, group: int) -> int | None:
    """Return the statement that the group agrees with and that tells it best, or None.

    Goes through the statements in order as the Polis server does: while the best so far is more
    typical of the group than of the others (ra > 1), the next must beat it by ra x rat x pa x pat,
    else by pa x pat.
    """
    metric, plain = agree.metric()[group], agree.p[group] * agree.p_test[group]
    p, z, ratio = agree.p[group], agree.p_test[group], agree.repness[group]
    voted = (counts.agree[group] + counts.disagree[group]) > 0
    best: int | None = None
    for at in np.flatnonzero(voted):
        if best is None:
            wins = z[at] > SURE or (ratio[at] > 1 and p[at] > 0.5)  # noqa: PLR2004 - a half
        else:
            by = metric if ratio[best] > 1 else plain
            wins = by[at] > by[best]
        best = int(at) if wins else best
    return best


def _farthest(agree: Sides, disagree: Sides, counts: Counts, group: int) -> list[int]:
    """Return the one statement with the greatest two-proportion z, if the group saw any."""
    seen = np.flatnonzero(counts.seen[group] > 0)
    if not len(seen):
        return []
    far = np.maximum(agree.repness_test[group], disagree.repness_test[group])
    return [int(seen[far[seen].argmax()])]


def _told(
    counts: Counts,
    group: int,
    at: int,
    name: str,
    *,
    direction: str,
    side: Sides,
    best_agree: bool,
) -> Representative:
    p, p_test, repness, repness_test = (
        float(figure[group, at])
        for figure in (side.p, side.p_test, side.repness, side.repness_test)
    )
    numbers = _numbers(counts, group, at)
    return Representative(
        name, direction, *numbers, p, p_test, repness, repness_test, best_agree=best_agree
    )


def _numbers(counts: Counts, group: int, at: int) -> tuple[int, int, int]:
    return (
        int(counts.agree[group, at]),
        int(counts.disagree[group, at]),
        int(counts.seen[group, at]),
    )
