"""Groups of people who stand close together on the map, and how sure their number is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from scipy.optimize import linear_sum_assignment

Floats = npt.NDArray[np.float64]
Labels = npt.NDArray[np.integer[Any]]
Run = tuple[float, Labels, Floats]  # sum of squares, labels, centres

STARTS: Final = 10  # k-means++ starts, of fixed seeds
LOOK: Final = 4  # rounds of each start, after which only the best go on
BEST: Final = 5  # starts that go on to the end
TRIED: Final = 10_000  # points on which starts are tried; the best is finished on all points
SAMPLE: Final = 2_000  # points of which silhouettes are computed
ROUNDS: Final = 300  # of k-means at most
MOST: Final = 5  # groups
PER_GROUP: Final = 12  # people for each group more than two
PARTS: Final = 6  # of the people, grouped again to see whether groups stay
PART: Final = 0.8
AGAIN: Final = 3  # starts of each part
ROWS: Final = 64  # of distances at once, so that they stay near the processor
DIGITS: Final = 9  # of silhouettes


@dataclass(frozen=True)
class Certainty:
    """How sure the number of groups is.

    `margin`: how much the best silhouette exceeds the next best, None if only one number was
    tried. `stability`: mean adjusted Rand index (0 chance, 1 the same) between the groups and those
    found again among four fifths of the people, None if there are none. `judgement`: "clear",
    "fair", "open" (another number would do as well), or "given" (the number was not chosen here),
    or "none" (there are no groups).
    """

    judgement: str
    margin: float | None = None
    stability: float | None = None


@dataclass(frozen=True)
class Grouping:
    """Labels of points, the silhouette of each number of groups tried, and how sure it is."""

    labels: Labels
    silhouettes: dict[int, float]
    certainty: Certainty


def group(points: Floats, number: int | None = None) -> Grouping | None:
    """Group points (shape people x 2) in `number` groups, or in the number that suits best.

    None if there is nothing to group: fewer than three points, or all in one place.
    """
    different = len(np.unique(points, axis=0))
    if len(points) < 3 or different < 2:  # noqa: PLR2004 - two people are no groups
        return None
    points = np.asfortranarray(points)  # x and y each in one piece
    sample = _sample(len(points))
    if number is not None:
        most = min(number, different)
        tried = {most: k_means(points, most)}
    else:
        most = min(MOST, 2 + len(points) // PER_GROUP, max(2, different - 1))
        tried = {k: k_means(points, k) for k in range(2, most + 1)}
    scores = silhouettes(points[sample], {k: labels[sample] for k, labels in tried.items()})
    best = max(tried, key=lambda k: (round(scores.get(k, 0.0), 9), -k))
    sure = _certainty(points[sample], tried[best][sample], scores, chosen=number is None)
    return Grouping(tried[best], scores, sure)


def k_means(points: Floats, number: int) -> Labels:
    """Return labels 0 .. number - 1 with the least sum of squares of several fixed starts."""
    if number == 1:
        return np.zeros(len(points), dtype=np.int64)
    among = points if len(points) <= TRIED else _some(points, _sample(len(points), TRIED))
    _sum, labels, centres = _best(among, number, STARTS)
    if among is points:
        return labels
    return _lloyd(points, centres)[1]


def silhouettes(points: Floats, tried: Mapping[int, Labels]) -> dict[int, float]:
    """Return the mean silhouette of each labelling of the same points; alone in a group is 0."""
    wanted = [k for k in tried if k > 1]
    if not wanted:
        return {}
    member = np.concatenate([tried[k][:, None] == np.arange(k) for k in wanted], axis=1)
    sums = _sums_of_distances(points, member.astype(np.float64))
    scores, at = {}, 0
    for k in wanted:
        scores[k] = _silhouette(sums[:, at : at + k], tried[k])
        at += k
    return scores


def _sums_of_distances(points: Floats, member: Floats) -> Floats:
    """Return for each point the sum of its distances to the members of each group."""
    x, y = np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1])
    sums = np.empty(member.shape)
    for first in range(0, len(points), ROWS):
        rows = slice(first, first + ROWS)
        far = x[rows, None] - x
        up = y[rows, None] - y
        far *= far
        up *= up
        far += up
        sums[rows] = np.sqrt(far, out=far) @ member
    return sums


def rand_index(one: Sequence[int] | Labels, other: Sequence[int] | Labels) -> float:
    """Return the adjusted Rand index of two labellings (Hubert and Arabie, 1985)."""
    _names, left = np.unique(one, return_inverse=True)
    _names, right = np.unique(other, return_inverse=True)
    if not len(left):
        return 1.0
    width = int(right.max()) + 1
    both = np.bincount(left * width + right).astype(np.float64)
    pairs, rows, columns = (
        float((n * (n - 1)).sum() / 2)
        for n in (both, np.bincount(left).astype(float), np.bincount(right).astype(float))
    )
    chance = rows * columns / max(len(left) * (len(left) - 1) / 2, 1)
    most = (rows + columns) / 2
    return 1.0 if most == chance else (pairs - chance) / (most - chance)


def in_order(labels: Labels, points: Floats) -> Labels:
    """Number groups by size, the largest 0; of equal ones the one farther left first."""
    numbers, counts = np.unique(labels, return_counts=True)
    left = [points[labels == number].mean(axis=0).tolist() for number in numbers]
    order = sorted(range(len(numbers)), key=lambda place: (-counts[place], left[place]))
    new = np.zeros(int(numbers.max()) + 1, dtype=np.int64)
    new[numbers[order]] = np.arange(len(order))
    return new[labels]


def as_last(labels: Labels, last: Sequence[int | None]) -> Labels:
    """Give groups the numbers they had: the matching under which most people keep theirs.

    `last` holds for each person the number last time, or None. Groups without a former one take the
    least numbers that are free.
    """
    known = [(int(now), was) for now, was in zip(labels, last, strict=True) if was is not None]
    former = sorted({was for _now, was in known})
    many = int(labels.max()) + 1
    stayed = np.zeros((many, len(former)), dtype=np.int64)
    for now, was in known:
        stayed[now, former.index(was)] += 1
    matched = {
        int(now): former[then]
        for now, then in zip(*linear_sum_assignment(-stayed), strict=True)
        if stayed[now, then]
    }
    free = iter(sorted(set(range(many + len(former))) - set(matched.values())))
    return np.array([matched[n] if n in matched else next(free) for n in range(many)])[labels]


def merged(labels: Labels, points: Floats, least: int) -> Labels:
    """Join groups of fewer than `least` people, the smallest first, to the nearest group."""
    labels = labels.copy()
    while True:
        numbers, counts = np.unique(labels, return_counts=True)
        if len(numbers) < 2 or counts.min() >= least:  # noqa: PLR2004 - one is all there is
            return labels
        middles = np.array([points[labels == number].mean(axis=0) for number in numbers])
        small = int(np.argmin(counts))
        far = ((middles - middles[small]) ** 2).sum(axis=1)
        far[small] = np.inf
        labels[labels == numbers[small]] = numbers[int(np.argmin(far))]


def _sample(many: int, most: int = SAMPLE) -> Labels:
    """Return places of at most so many points, always the same ones."""
    if many <= most:
        return np.arange(many)
    return np.sort(np.random.default_rng(many).choice(many, most, replace=False))


def _some(points: Floats, places: Labels) -> Floats:
    return np.asfortranarray(points[places])


def _spread(points: Floats, number: int, seed: int) -> Floats:
    """Choose starting centres by k-means++ (Arthur and Vassilvitskii, 2007)."""
    random = np.random.default_rng(seed)
    centres = [points[random.integers(len(points))]]
    x, y = points[:, 0], points[:, 1]
    nearest = _squares(x, y, centres[0])
    while len(centres) < number:
        reach = np.cumsum(nearest)
        if reach[-1] <= 0:
            break
        place = int(np.searchsorted(reach, random.random() * reach[-1], side="right"))
        centres.append(points[min(place, len(points) - 1)])
        nearest = np.minimum(nearest, _squares(x, y, centres[-1]))
    return np.array(centres)


def _best(points: Floats, number: int, starts: int) -> Run:
    """Return the run with the least sum; of equal ones that of the first seed."""
    looked = [_lloyd(points, _spread(points, number, seed), LOOK) for seed in range(starts)]
    looked.sort(key=lambda run: run[0])
    return min((_lloyd(points, run[2]) for run in looked[:BEST]), key=lambda run: run[0])


def _lloyd(points: Floats, centres: Floats, rounds: int = ROUNDS) -> Run:
    """Move centres to the mean of their points until nothing changes: sum, labels, centres."""
    labels = _nearest(points, centres)
    for _round in range(rounds):
        centres = _middles(points, labels, centres)
        new = _nearest(points, centres)
        if np.array_equal(new, labels):
            break
        labels = new
    gaps = points - centres[labels]
    return round(float(np.einsum("ij,ij->", gaps, gaps)), DIGITS), labels, centres


def _nearest(points: Floats, centres: Floats) -> Labels:
    """Return the nearest centre of each point, of equally near ones the first."""
    x, y = points[:, 0], points[:, 1]
    labels = np.zeros(len(points), dtype=np.int64)
    least = _squares(x, y, centres[0])
    for number, centre in enumerate(centres[1:], 1):
        far = _squares(x, y, centre)
        np.putmask(labels, far < least, number)
        np.minimum(least, far, out=least)
    return labels


def _squares(x: Floats, y: Floats, centre: Floats) -> Floats:
    """Return the squares of distances to a centre."""
    far: Floats = x - centre[0]
    far *= far
    up = y - centre[1]
    up *= up
    far += up
    return far


def _middles(points: Floats, labels: Labels, centres: Floats) -> Floats:
    """Return the mean of each group; a group left empty starts at the point farthest off."""
    many = len(centres)
    counts = np.bincount(labels, minlength=many)
    middles: Floats = np.empty((many, 2))
    for axis in (0, 1):
        middles[:, axis] = np.bincount(labels, weights=points[:, axis], minlength=many)
    middles /= np.maximum(counts, 1)[:, None]
    for empty in np.flatnonzero(counts == 0):
        far = ((points - centres[labels]) ** 2).sum(axis=1)
        middles[empty] = points[int(far.argmax())]
    return middles


def _silhouette(sums: Floats, labels: Labels) -> float:
    """Return the mean silhouette, from sums of distances of shape points x groups."""
    rows, counts = np.arange(len(labels)), np.bincount(labels, minlength=sums.shape[1])
    own = counts[labels]
    inside = sums[rows, labels] / np.maximum(own - 1, 1)
    others = np.where(counts > 0, sums / np.maximum(counts, 1), np.inf)
    others[rows, labels] = np.inf
    outside = others.min(axis=1)
    if not np.isfinite(outside).all():
        return 0.0  # of one group there is no silhouette
    widest = np.maximum(inside, outside)
    score = np.where((own > 1) & (widest > 0), (outside - inside) / np.where(widest, widest, 1), 0)
    return round(float(score.mean()), DIGITS)


def _certainty(
    points: Floats, labels: Labels, scores: Mapping[int, float], *, chosen: bool
) -> Certainty:
    number = len(np.unique(labels))
    stability = _stability(points, labels, number)
    if not chosen:
        return Certainty("given", None, stability)
    ranked = sorted(scores.values(), reverse=True)
    margin = round(ranked[0] - ranked[1], DIGITS) if len(ranked) > 1 else None
    return Certainty(_judgement(margin, stability), margin, stability)


def _judgement(margin: float | None, stability: float) -> str:
    """Say how sure the number is; silhouettes of real conversations often differ by .001."""
    if margin is None or margin < 0.01 or stability < 0.8:  # noqa: PLR2004 - explained in the docs
        return "open"
    return "clear" if margin >= 0.05 and stability >= 0.95 else "fair"  # noqa: PLR2004 - as above


def _stability(points: Floats, labels: Labels, number: int) -> float:
    """Group parts of the people again, and compare."""
    many = max(number, round(len(points) * PART))
    agreements = []
    for seed in range(PARTS):
        part = np.sort(np.random.default_rng(seed).choice(len(points), many, replace=False))
        again = _best(_some(points, part), number, AGAIN)[1]
        agreements.append(rand_index(labels[part], again))
    return round(sum(agreements) / len(agreements), DIGITS)
