"""Bands for numbers and days: round edges, open at both ends, so that no band tells an extreme."""

from collections.abc import Mapping, Sequence
from datetime import date
from math import floor, log10
from typing import Final

MOST: Final = 7  # bands
TAIL: Final = 0.1  # of the people beyond the outermost edges


def number_edges(values: Mapping[float, int]) -> list[float]:
    """Return where one band ends and the next begins: steps of 1, 2 or 5 in any power of ten.

    `values` are how many gave each number. A band holds its lower edge; below the first edge and
    from the last one on everything is in one band.
    """
    if not values:
        return []
    low, high = _share(values, TAIL), _share(values, 1 - TAIL)
    if low == high:
        return []
    step = _step((high - low) / (MOST - 2), whole=all(float(v).is_integer() for v in values))
    first = floor(low / step) * step + step
    edges = [round(first + step * n, 6) for n in range(MOST - 1)]
    return [edge for edge in edges if edge <= high] or []


def _share(values: Mapping[float, int], part: float) -> float:
    """Return the value below which that part of the people are."""
    wanted, seen = part * sum(values.values()), 0
    for value in sorted(values):
        seen += values[value]
        if seen >= wanted:
            return value
    return max(values)


def _step(least: float, *, whole: bool) -> float:
    if least <= 0:
        return 1.0
    power = 10.0 ** floor(log10(least))
    step = next(n * power for n in (1, 2, 5, 10) if n * power >= least - 1e-9)
    return max(step, 1.0) if whole else step


def band_of(value: float, edges: Sequence[float]) -> str:
    """Return the key of the band a number is in: how many edges are not above it."""
    return str(sum(value >= edge for edge in edges))


def day_edges(values: Mapping[str, int]) -> list[str]:
    """Return the first days of the bands: months, quarters or years, however long it spans."""
    if not values:
        return []
    counted = {_month(day): 0 for day in values}
    for day, number in values.items():
        counted[_month(day)] += number
    low = int(_share({float(k): n for k, n in counted.items()}, TAIL))
    high = int(_share({float(k): n for k, n in counted.items()}, 1 - TAIL))
    span = high - low
    if not span:
        return []
    step = next((n for n in (1, 3, 12) if span / n <= MOST - 1), 12 * (1 + span // (12 * MOST)))
    first = low // step * step + step
    return [_day(month) for month in range(first, max(high, first) + 1, step)][: MOST - 1]


def _month(day: str) -> int:
    on = date.fromisoformat(day)
    return on.year * 12 + on.month - 1


def _day(month: int) -> str:
    return date(month // 12, month % 12 + 1, 1).isoformat()


def band_of_day(day: str, edges: Sequence[str]) -> str:
    """Return the key of the band a day is in."""
    return str(sum(day >= edge for edge in edges))
