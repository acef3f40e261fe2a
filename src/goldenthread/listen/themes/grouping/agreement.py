"""Krippendorff's alpha: how far coders agree beyond what chance would bring."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

LEVELS = ("nominal", "ordinal", "interval", "ratio")
RESAMPLES = 1000
LOW, HIGH = 2.5, 97.5  # percentiles of the interval
FEWEST = 2  # values a unit must have, or resamples in which alpha can be said at all

Value = str | float
Table = NDArray[np.float64]


@dataclass(frozen=True)
class Rating:
    """One coder's value for one unit; a unit that a coder left out has none."""

    coder: str
    unit: str
    value: Value


@dataclass(frozen=True)
class Agreement:
    """Alpha with its interval of 95 %; None where nothing varies, so that nothing can be told.

    1 is full agreement, 0 what chance brings, below 0 worse than chance.
    """

    alpha: float | None
    low: float | None
    high: float | None
    units: int  # those with two values or more: the others say nothing about agreement


def agreement(ratings: Iterable[Rating], level: str = "nominal", *, seed: int = 0) -> Agreement:
    """Return Krippendorff's alpha (2011) for any number of coders, with values missing or not.

    The interval holds the middle 95 % of 1,000 alphas, each of as many units drawn with
    replacement (the same draws each time for the same seed), widened to hold alpha itself.

    :raises ValueError: an unknown level, a value that is no number where one is needed, a
        negative one on the ratio level, or two values of one coder for one unit
    """
    if level not in LEVELS:
        raise ValueError(f"the level is one of {', '.join(LEVELS)}")
    counts, values = _tabulate(list(ratings), level)
    if not len(counts):
        return Agreement(None, None, None, 0)
    distance = _distances(level, values)
    alpha = _alpha(counts, np.ones(len(counts)), distance)
    if alpha is None:
        return Agreement(None, None, None, len(counts))
    low, high = _interval(counts, distance, alpha, seed)
    return Agreement(alpha, low, high, len(counts))


def _tabulate(ratings: list[Rating], level: str) -> tuple[Table, list[Value]]:
    """Return how often each unit has each value (units x values), and the values in order."""
    given: dict[str, dict[str, Value]] = {}
    for each in ratings:
        coders = given.setdefault(each.unit, {})
        if each.coder in coders:
            raise ValueError(f"coder {each.coder} has two values for unit {each.unit}")
        coders[each.coder] = each.value if level == "nominal" else _number(each.value, level)
    paired = [given[unit] for unit in sorted(given) if len(given[unit]) >= FEWEST]
    values = sorted({value for coders in paired for value in coders.values()}, key=_order)
    place = {value: at for at, value in enumerate(values)}
    counts = np.zeros((len(paired), len(values)))
    for row, coders in enumerate(paired):
        for value in coders.values():
            counts[row, place[value]] += 1
    return counts, values


def _order(value: Value) -> tuple[float, str]:
    return (0.0, value) if isinstance(value, str) else (value, "")


def _number(value: Value, level: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = float("nan")
    if not np.isfinite(number):
        raise ValueError(f"“{value}” is no number, and the {level} level needs numbers")
    if level == "ratio" and number < 0:
        raise ValueError(f"{value} is below nought, and the ratio level starts at nought")
    return number


Distance = Callable[[Table], Table]


def _distances(level: str, values: list[Value]) -> Distance:
    """Return how to say how far apart two values are; on the ordinal level it hangs on how many."""
    if level == "ordinal":
        return _ordinal
    if level == "nominal":
        fixed = 1 - np.eye(len(values))
    else:
        numbers = np.array([float(value) for value in values])
        fixed = (numbers[:, None] - numbers[None, :]) ** 2
        if level == "ratio":
            both = (numbers[:, None] + numbers[None, :]) ** 2
            fixed = np.divide(fixed, both, out=np.zeros_like(fixed), where=both > 0)
    return lambda _marginals: fixed


def _ordinal(marginals: Table) -> Table:
    up_to = np.cumsum(marginals) - marginals / 2
    return np.asarray((up_to[:, None] - up_to[None, :]) ** 2)


def _alpha(counts: Table, times: Table, distance: Distance) -> float | None:
    """Return alpha where each unit counts so many times; None if no two values differ."""
    size = counts.sum(axis=1)
    weight = times / (size - 1)
    coincidences = counts.T @ (counts * weight[:, None]) - np.diag(weight @ counts)
    marginals = coincidences.sum(axis=0)
    apart = distance(marginals)
    observed = (coincidences * apart).sum()
    expected = float(marginals @ apart @ marginals)
    if expected == 0:
        return None
    return float(1 - (marginals.sum() - 1) * observed / expected)


def _interval(
    counts: Table, distance: Distance, alpha: float, seed: int
) -> tuple[float | None, float | None]:
    units = len(counts)
    draws = np.random.default_rng(seed).multinomial(units, np.full(units, 1 / units), RESAMPLES)
    alphas = [_alpha(counts, times.astype(float), distance) for times in draws]
    told = [each for each in alphas if each is not None]
    if len(told) < FEWEST:
        return None, None
    low, high = np.percentile(told, [LOW, HIGH])
    return min(float(low), alpha), max(float(high), alpha)
