"""Bands: whether a group was heard well below, about at, or well above its share of the people.

Ranges in, a word out; knows nothing of Django. Everything that comes in is public already, rounded
and frozen, so a band tells nothing that the release does not.

The rule. A count that was rounded to five is a range, and so is the number of all who answered.
Among all readings of the two the most favourable to a group is its greatest count among the fewest
people, the least favourable its smallest count among the most. Chance is added to each: the bounds
of the interval of Wilson (1927) at 95 %, which holds for small numbers too. Then:

- *well below*: even the most favourable share is under four fifths of the group's share of the
  people, and even its upper bound is under that share;
- *well above*: even the least favourable share is over five quarters of it, and its lower bound
  over the share itself;
- *about*: neither, and even both bounds lie between half and double of it;
- *too few to say*: everything else, and every group of fewer than ten people;
- *not said*: the release hides the count.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import sqrt
from typing import Final

BELOW: Final = 0.8
ABOVE: Final = 1.25
HALF, DOUBLE = 0.5, 2.0
SMALLEST: Final = 10  # people of a group in the population; with fewer nothing is said
Z: Final = 1.959964  # of the normal distribution, for 95 %


class Band(StrEnum):
    """How much of a group was heard."""

    BELOW = "below"
    ABOUT = "about"
    ABOVE = "above"
    FEW = "few"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Range:
    """All that is known of a count: it is one of these whole numbers."""

    low: int
    high: int

    def __post_init__(self) -> None:
        if not 0 <= self.low <= self.high:
            raise ValueError(f"no range: {self.low} to {self.high}")


def wilson(count: int, base: int) -> tuple[float, float]:
    """Return the 95 % interval of a share of `count` in `base` (Wilson 1927, score interval).

    :raises ValueError: the base is not above 0, or the count lies outside it
    """
    if base <= 0 or not 0 <= count <= base:
        raise ValueError(f"no share: {count} of {base}")
    share, square = count / base, Z * Z
    middle = (share + square / (2 * base)) / (1 + square / base)
    spread = share * (1 - share) / base + square / (4 * base * base)
    half = Z / (1 + square / base) * sqrt(spread)
    return max(0.0, middle - half), min(1.0, middle + half)


def band(count: Range | None, base: Range, people: int, everyone: int) -> Band:
    """Return the band of a group.

    `count` is what is known of how many of it answered (none: hidden), `base` of how many answered
    at all; `people` of `everyone` belong to the group in the population.
    """
    if count is None:
        return Band.HIDDEN
    if people < SMALLEST or people > everyone or base.low <= 0:
        return Band.FEW
    share = people / everyone
    most, fewest = min(count.high, base.low), base.low  # the most favourable reading
    least, all_of_them = min(count.low, base.high), base.high
    low, high = wilson(least, all_of_them)[0], wilson(most, fewest)[1]
    if most / fewest < BELOW * share and high < share:
        return Band.BELOW
    if least / all_of_them > ABOVE * share and low > share:
        return Band.ABOVE
    return Band.ABOUT if HALF * share <= low and high <= DOUBLE * share else Band.FEW


def bands(
    counts: Mapping[str, Range | None], base: Range, people: Mapping[str, int]
) -> dict[str, Band]:
    """Return the band of each group of a question; `people` says how many of each there are."""
    everyone = sum(people.values())
    return {
        answer: band(count, base, people.get(answer, 0), everyone)
        for answer, count in counts.items()
    }
