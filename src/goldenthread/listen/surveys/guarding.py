"""Whether a mean may stand beside a table of which some numbers are hidden.

The attack knows all tables and means of one question ever released, and that nobody is taken out.
"""

from collections.abc import Sequence
from typing import Final, NamedTuple

import numpy as np
from scipy.optimize import linprog

from goldenthread.safety.release.control.profiles import WIDTH
from goldenthread.safety.release.control.together import NEW, Sheet

FINE: Final = 0.1
STEPS: Final = (FINE, 0.5, 1.0)
FAR: Final = 100_000.0


class Mean(NamedTuple):
    """A mean as it is told: to the nearest `step`."""

    value: float
    step: float

    @classmethod
    def of(cls, exact: float, step: float) -> "Mean":
        """Return an exact mean in steps."""
        return cls(round(round(exact / step) * step, 1), step)


Told = Sequence[tuple[Sheet, Mean | None]]  # release by release, each counted anew


def mean_for(before: Told, sheet: Sheet, exact: float, points: Sequence[float]) -> Mean | None:
    """Return the mean to one decimal, a half, or a whole, as finely as is safe; else none."""
    for step in STEPS:
        mean = Mean.of(exact, step)
        if not gives_away([*before, (sheet, mean)], points):
            return mean
    return None


def gives_away(told: Told, points: Sequence[float]) -> bool:
    """Return whether the means beside the tables tell a hidden number to within 5.

    `points` is what each cell counts for in the mean, in the order of the cells. A shown number
    must stay open too, if its rounding left it open.
    """
    width = len(points)
    size = width * len(told)
    sums, limits = _known(told, points, size)
    rows = np.array(sums) if sums else np.zeros((0, size))
    bounds = [_range(sheet, key) for sheet, _mean in told for key in sheet.cells]
    newest = len(told) - 1
    for at, key in enumerate(told[newest][0].cells):
        asked = _asked(told[newest][0], key)
        if asked and _span(rows, limits, bounds, newest * width + at) < asked - 1e-6:
            return True
    return False


def _range(sheet: Sheet, key: object) -> tuple[float, float]:
    low, high = sheet.range_of(key)  # type: ignore[arg-type]  # a key of this very sheet
    return float(low), float(high)


def _asked(sheet: Sheet, key: object) -> int:
    low, high = _range(sheet, key)
    if sheet.cells[key] is None:  # type: ignore[index]  # as above
        return WIDTH
    return int(high > low)


def _known(told: Told, points: Sequence[float], size: int) -> tuple[list[list[float]], list[float]]:
    """Return what is known as sums of counts that are at most something."""
    rows: list[list[float]] = []
    limits: list[float] = []
    width = len(points)
    for at, (sheet, mean) in enumerate(told):
        ones = _line(size, at * width, [1.0] * width)
        low, high = sheet.range_of_all()
        rows += [ones, [-one for one in ones]]
        limits += [float(high), -float(low)]
        if mean is not None:
            half = mean.step / 2
            rows.append(_line(size, at * width, [p - (mean.value + half) for p in points]))
            rows.append(_line(size, at * width, [(mean.value - half) - p for p in points]))
            limits += [0.0, 0.0]
        if at:
            grown = [_line(size, (at - 1) * width + n, [1.0]) for n in range(width)]
            for n, line in enumerate(grown):
                line[at * width + n] = -1.0
            rows += grown
            limits += [0.0] * width
            rows.append([sum(each) for each in zip(*grown, strict=True)])
            limits.append(-float(NEW))
    return rows, limits


def _line(size: int, start: int, values: Sequence[float]) -> list[float]:
    line = [0.0] * size
    line[start : start + len(values)] = values
    return line


def _span(
    rows: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    limits: Sequence[float],
    bounds: Sequence[tuple[float, float]],
    at: int,
) -> float:
    """Return how far apart the least and the greatest value of a count may be."""
    ends = []
    for sign in (1.0, -1.0):
        cost = np.zeros(len(bounds))
        cost[at] = sign
        found = linprog(cost, A_ub=rows, b_ub=limits, bounds=bounds, method="highs")
        if found.status != 0:  # nothing fits: nothing can be worked out of it
            return FAR
        ends.append(float(found.fun) * sign)
    return ends[1] - ends[0]
