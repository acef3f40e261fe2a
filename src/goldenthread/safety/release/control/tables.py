"""A table of counts in two dimensions: read, checked, and added up."""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

NAMES: Final = ["row", "column", "count"]
# What a column of counts is called. Any other word in its place is a count that was mistyped.
COUNTS: Final = frozenset(
    {"answers", "count", "counts", "frequency", "headcount", "n", "number", "numbers", "people"}
    | {"persons", "respondents", "responses", "students", "total", "value", "values", "voices"}
)
TOTALS: Final = frozenset({"total", "totals", "grand total", "all", "sum"})
LARGEST: Final = 100_000_000  # more people than any organisation has; keeps the solver exact
MOST: Final = 2_000  # cells: beyond them the audit takes minutes


class BadTable(Exception):
    """The table cannot be used; the message is one sentence for a person."""


class Key(NamedTuple):
    """One number of a table; none for the row means the total of all rows, and so for columns."""

    row: str | None
    column: str | None

    @property
    def is_total(self) -> bool:
        return self.row is None or self.column is None


GRAND: Final = Key(None, None)


@dataclass(frozen=True)
class Table:
    """Counts of people by row and column, with their totals.

    `counts` holds every cell, zeros as well. `given` names the totals that were in the input, by
    what they were called there.
    """

    counts: Mapping[Key, int]
    given: Mapping[Key, tuple[str, str]] = field(default_factory=dict)

    @property
    def rows(self) -> list[str]:
        return list(dict.fromkeys(str(key.row) for key in self.counts))

    @property
    def columns(self) -> list[str]:
        return list(dict.fromkeys(str(key.column) for key in self.counts))

    def parts(self, key: Key) -> list[Key]:
        """Return the cells that a number adds up: itself, or those of its line."""
        if not key.is_total:
            return [key]
        return [
            cell
            for cell in self.counts
            if key.row in {None, cell.row} and key.column in {None, cell.column}
        ]

    def count(self, key: Key) -> int:
        """Return the true number, a total added up before any rounding."""
        return sum(self.counts[cell] for cell in self.parts(key))

    def numbers(self) -> list[Key]:
        """Return all that is or may be shown: the cells, then the totals."""
        return [*self.counts, *self.totals()]

    def totals(self) -> list[Key]:
        """Return the totals that say something beyond a single cell, and those that were given."""
        rows, columns = self.rows, self.columns
        made = []
        if len(rows) > 1 and len(columns) > 1:
            made = [Key(row, None) for row in rows] + [Key(None, column) for column in columns]
        if len(self.counts) > 1:
            made.append(GRAND)
        return list(dict.fromkeys([*made, *self.given]))


def read(lines: Iterable[str]) -> Table:
    """Read rows of row, column, count, with or without a line of names; raise BadTable."""
    numbers: dict[tuple[str, str], int] = {}
    order: list[int] = []
    try:
        for at, fields in enumerate(csv.reader(lines, strict=True), start=1):
            if not any(each.strip() for each in fields):
                continue
            if len(fields) != len(NAMES):
                raise BadTable(f"Line {at} has {len(fields)} fields; it needs row, column, count.")
            if not order:
                named = _names(fields)
                order = named or [0, 1, 2]
                if named:
                    continue
            row, column, count = (fields[place].strip() for place in order)
            _add(numbers, row, column, count, at)
    except csv.Error as error:
        raise BadTable(f"This is not a table with commas: {error}.") from error
    if not numbers:
        raise BadTable("The table is empty: it needs lines of row, column, count.")
    return _table(numbers)


def _names(fields: list[str]) -> list[int] | None:
    """Return where row, column and count stand, if this is a line of names."""
    names = [each.strip().lower().removeprefix("\ufeff") for each in fields]
    if sorted(names) == sorted(NAMES):
        return [names.index(name) for name in NAMES]
    words = names[2].replace(".", " ").replace("_", " ").split()
    is_named = bool(COUNTS & set(words)) or names[:2] == NAMES[:2]
    return [0, 1, 2] if is_named and not any(each.isdigit() for each in words) else None


def _add(numbers: dict[tuple[str, str], int], row: str, column: str, count: str, at: int) -> None:
    row = row.removeprefix("\ufeff")
    if not row or not column:
        raise BadTable(f"Line {at} has no name for its row or its column.")
    if not (count.isascii() and count.isdigit()):
        raise BadTable(f"Line {at}: the count must be a whole number from 0, not “{count}”.")
    if int(count) > LARGEST:
        raise BadTable(f"Line {at}: the count is above {LARGEST:,}.")
    if (row, column) in numbers:
        raise BadTable(f"Line {at}: row “{row}”, column “{column}” is there twice.")
    if len(numbers) == MOST:
        raise BadTable(f"The table has more than {MOST:,} cells; please split it.")
    numbers[row, column] = int(count)


def _table(numbers: dict[tuple[str, str], int]) -> Table:
    rows = [name for name in dict.fromkeys(row for row, _ in numbers) if not _is_total(name)]
    columns = [name for name in dict.fromkeys(name for _, name in numbers) if not _is_total(name)]
    if not rows or not columns:
        raise BadTable("The table has totals only; it needs the cells that they add up.")
    if len(rows) * len(columns) > MOST:
        raise BadTable(f"The table has more than {MOST:,} cells; please split it.")
    # A combination that is not listed is nobody: leaving it out would tell exactly that.
    counts = {Key(row, column): numbers.get((row, column), 0) for row in rows for column in columns}
    given: dict[Key, tuple[str, str]] = {}
    table = Table(counts, given)
    for (row, column), number in numbers.items():
        key = Key(None if _is_total(row) else row, None if _is_total(column) else column)
        if not key.is_total:
            continue
        if key in given:
            raise BadTable(f"The total in row “{row}”, column “{column}” is there twice.")
        if table.count(key) != number:
            raise BadTable(
                f"Row “{row}”, column “{column}” says {number}, but its cells add up to "
                f"{table.count(key)}; if it is no total, call it something else."
            )
        given[key] = (row, column)
    return table


def _is_total(name: str) -> bool:
    return name.lower() in TOTALS
