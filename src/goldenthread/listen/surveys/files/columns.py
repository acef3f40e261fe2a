"""What one column holds: gathered in one pass, in a fixed amount of memory."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final

KEPT: Final = 60  # different values of a column that are remembered
LONG: Final = 120  # letters beyond which an answer is no option
SHORT: Final = 60  # letters of the longest number, day or e-mail address
EMAIL: Final = re.compile(r"^[^@\s]+@[^@\s]+\.[a-z]{2,}$", re.IGNORECASE)
ADDRESS: Final = re.compile(
    r"^(?:\d{1,3}\.){3}\d{1,3}$|^[0-9a-f:]{6,}:[0-9a-f]{1,4}$", re.IGNORECASE
)
PHONE: Final = re.compile(r"^(?:\+44|0)[\d ]{9,13}$")
POSTCODE: Final = re.compile(r"^[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}$", re.IGNORECASE)
NUMBER: Final = re.compile(r"^-?\d{1,9}(?:[.,]\d{1,6})?$")
CLOCK: Final = re.compile(r"\d{1,2}:\d{2}")
DAYS: Final = ("%Y-%m-%d", "%d/%m/%Y", "%d/%m/%y", "%m/%d/%Y", "%m/%d/%y", "%d.%m.%Y", "%d %B %Y")
PEOPLE: Final = {"emails": EMAIL, "addresses": ADDRESS, "phones": PHONE, "postcodes": POSTCODE}


class Kind(StrEnum):
    OUT = "out"
    CHOICE = "choice"
    MANY = "many"
    SCALE = "scale"
    NUMBER = "number"
    DATE = "date"
    LONG = "long"


@dataclass(frozen=True)
class Column:
    """What a column is taken to mean, and why. `at` are its places in a row, the first one 0.

    `options` are what may be chosen, in order, each as (value in the file, label); of a column an
    option there is one for each place. `sure` is false where a person must decide.
    """

    at: tuple[int, ...]
    label: str
    kind: Kind
    why: str
    options: tuple[tuple[str, str], ...] = ()
    separator: str = ""
    sure: bool = True
    personal: bool = False  # left out because it points to a person
    coded: bool = False  # its values are codes of which the file does not say the meaning
    day_first: bool = True


@dataclass
class Seen:
    """All that is remembered of a column after one pass."""

    filled: int = 0
    values: Counter[str] = field(default_factory=Counter)
    parts: dict[str, Counter[str]] = field(default_factory=lambda: {";": Counter(), ",": Counter()})
    split: Counter[str] = field(default_factory=Counter)  # cells that have each separator
    overflow: bool = False
    numbers: int = 0
    whole: int = 0
    low: float = 0
    high: float = 0
    days: Counter[str] = field(default_factory=Counter)  # cells that fit each way to write days
    clocks: int = 0
    people: Counter[str] = field(default_factory=Counter)
    letters: int = 0
    longest: int = 0
    samples: list[str] = field(default_factory=list)

    def add(self, cell: str) -> None:
        """Remember one cell; what was there before is only counted, and looked at once."""
        said = cell.strip()
        if not said:
            return
        self.filled += 1
        if said in self.values:
            self.values[said] += 1
        elif len(said) <= LONG and len(self.values) < KEPT:
            self.values[said] = 1
        else:
            self.overflow = True
            self._look(said, 1)

    def close(self) -> "Seen":
        """Look at the different values, each as often as it was there."""
        for said, times in self.values.items():
            self._look(said, times)
        return self

    def _look(self, said: str, times: int) -> None:
        self.letters += len(said) * times
        self.longest = max(self.longest, len(said))
        if len(self.samples) < 3:  # noqa: PLR2004  three to show
            self.samples.append(said[:80])
        for separator in (";", ","):
            self._split(separator, said, times)
        if len(said) <= SHORT:
            for name, pattern in PEOPLE.items():
                self.people[name] += times if pattern.match(said) else 0
            self._measure(said, times)

    def _split(self, separator: str, said: str, times: int) -> None:
        if separator in said:
            self.split[separator] += times
        known = self.parts[separator]
        for part in cut(said, separator):
            if part in known or (len(part) <= LONG and len(known) < KEPT):
                known[part] += times
            else:
                self.split[f"{separator} lost"] += times

    def _measure(self, said: str, times: int) -> None:
        if NUMBER.match(said):
            number = float(said.replace(",", "."))
            self.low = number if not self.numbers else min(self.low, number)
            self.high = number if not self.numbers else max(self.high, number)
            self.numbers += times
            self.whole += times if number.is_integer() else 0
        elif said[0].isdigit():
            self.clocks += times if CLOCK.search(said) else 0
            for form in DAYS:
                self.days[form] += times if as_day(said, form) else 0


def cut(said: str, separator: str) -> list[str]:
    """Return the options in a cell; a separator at its end is none of them.

    A comma inside brackets belongs to the option, as in "Other (bus, train)".
    """
    commas = separator == ","
    parts = re.split(r",\s+(?![^(]*\))", said) if commas else said.split(separator)
    return [part.strip() for part in parts if part.strip()]


def as_day(said: str, form: str) -> date | None:
    """Return the day that a cell names; a time behind it is left away."""
    day = said
    if form != "%d %B %Y":
        day = re.split(r"[T ]", said, maxsplit=1)[0]
    try:
        return datetime.strptime(day, form).date()  # noqa: DTZ007  a day, not a moment
    except ValueError:
        return None
