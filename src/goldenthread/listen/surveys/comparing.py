"""Has it changed? Differences between two groups of different people, with honest intervals.

Data in, result out. Shares: Newcombe's hybrid score interval (method 10 in R. G. Newcombe,
"Interval estimation for the difference between independent proportions", Statistics in Medicine
1998; 17: 873-890), built of Wilson's score intervals. Means: Welch's interval with Satterthwaite's
degrees of freedom (B. L. Welch, Biometrika 1947; 34: 28-35).
"""

from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final

from scipy.special import ndtri, stdtrit

LEVEL: Final = 0.95
SHARE_STEP: Final = 5  # points of a hundred: as counts are told in steps of 5


@dataclass(frozen=True)
class Interval:
    """From `low` to `high`, and the difference (second less first) that was found."""

    difference: float
    low: float
    high: float

    @property
    def holds_zero(self) -> bool:
        """Whether nothing may have changed at all."""
        return self.low <= 0 <= self.high

    def outward(self, step: float, *, times: float = 1.0) -> "Interval":
        """Return it in steps, never narrower than it was."""
        digits = 6
        low = floor(round(self.low * times / step, digits)) * step
        high = ceil(round(self.high * times / step, digits)) * step
        return Interval(
            round(self.difference * times, digits), round(low, digits), round(high, digits)
        )


def wilson(part: int, whole: int, *, level: float = LEVEL) -> tuple[float, float]:
    """Return Wilson's score interval of a share; `part` of `whole` people, whole above 0."""
    z = float(ndtri(1 - (1 - level) / 2))
    share = part / whole
    middle = 2 * part + z * z
    spread = z * sqrt(z * z + 4 * part * (1 - share))
    under = 2 * (whole + z * z)
    return max(0.0, (middle - spread) / under), min(1.0, (middle + spread) / under)


def shares(first: tuple[int, int], second: tuple[int, int], *, level: float = LEVEL) -> Interval:
    """Return how the share changed from the first group to the second: each (part, whole)."""
    one, other = first[0] / first[1], second[0] / second[1]
    low_one, high_one = wilson(*first, level=level)
    low_other, high_other = wilson(*second, level=level)
    difference = other - one
    return Interval(
        difference,
        difference - sqrt((other - low_other) ** 2 + (high_one - one) ** 2),
        difference + sqrt((high_other - other) ** 2 + (one - low_one) ** 2),
    )


@dataclass(frozen=True)
class Sample:
    """How many people, the sum of what they said, and the sum of its squares."""

    people: int
    total: float
    squares: float

    @property
    def mean(self) -> float:
        return self.total / self.people

    @property
    def variance(self) -> float:
        """The variance of the sample, with one less than the people below the line."""
        return max(0.0, self.squares - self.total * self.mean) / (self.people - 1)


def means(first: Sample, second: Sample, *, level: float = LEVEL) -> Interval:
    """Return how the mean changed from the first group to the second: two people each at least."""
    parts = [each.variance / each.people for each in (first, second)]
    difference, spread = second.mean - first.mean, sum(parts)
    if spread == 0:
        return Interval(difference, difference, difference)
    below = sum(
        part**2 / (each.people - 1) for part, each in zip(parts, (first, second), strict=True)
    )
    reach = float(stdtrit(spread**2 / below, 1 - (1 - level) / 2)) * sqrt(spread)
    return Interval(difference, difference - reach, difference + reach)
