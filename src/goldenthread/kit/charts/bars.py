"""A bar chart: a table whose last column is drawn. Data in, shares out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class BarRow:
    """One bar; `note` is shown in place of the bare value, such as "180 of 215"."""

    label: str
    value: float
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class BarChart:
    """Bars on one scale from nothing to the largest, or to `most` where there is a whole."""

    title: str
    finding: str
    rows: Sequence[BarRow]
    heading: str = ""  # of the numbers; else "How many"
    most: float | None = None
    frozen_on: date | None = None

    def __post_init__(self) -> None:
        """Refuse bars that would lie."""
        if any(row.value < 0 for row in self.rows):
            raise ValueError("a bar cannot be less than nothing")

    def shares(self) -> list[float]:
        """The length of each bar in hundredths of the longest."""
        whole = self.most or max((row.value for row in self.rows), default=0)
        return [round(100 * row.value / whole, 1) if whole else 0.0 for row in self.rows]
