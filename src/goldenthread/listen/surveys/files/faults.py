"""What can be wrong with a file, in one sentence for a person, with its place."""

from dataclasses import dataclass

from django.utils.translation import gettext as _


def letters(column: int) -> str:
    """Return what spreadsheets call a column: A for 0, AA for 26."""
    name = ""
    left = column + 1
    while left:
        left, one = divmod(left - 1, 26)
        name = chr(ord("A") + one) + name
    return name


def place(row: int, column: int | None = None) -> str:
    """Say where: row 7, column C."""
    if column is None:
        return _("Row %(row)s") % {"row": row}
    return _("Row %(row)s, column %(column)s") % {"row": row, "column": letters(column)}


class BadFile(Exception):
    """The file cannot be used; the message is for a person. Row and column count from 1 and 0."""

    def __init__(self, says: str, *, row: int | None = None, column: int | None = None) -> None:
        self.row, self.column = row, column
        super().__init__(says if row is None else f"{place(row, column)}: {says}")


class NoOrder(BadFile):
    """Nobody but a person knows the order of these answers."""


@dataclass(frozen=True)
class Fault:
    """One cell or row that does not fit what its column is said to hold."""

    row: int
    column: int | None
    says: str

    @property
    def where(self) -> str:
        """Say where it is."""
        return place(self.row, self.column)
