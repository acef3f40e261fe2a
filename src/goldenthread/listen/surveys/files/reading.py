"""Opening a file: a workbook or a text with separators, whatever program wrote it."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _

from goldenthread.listen.surveys.files.faults import BadFile

LARGEST: Final = 5 * 1024 * 1024  # bytes of the file
MOST_ROWS: Final = 100_000
MOST_COLUMNS: Final = 500
LOOKED_AT: Final = 64 * 1024  # bytes that must hold something
LONGEST_CELL: Final = 32_767  # letters: what a spreadsheet's cell can hold
ZIP: Final = b"PK\x03\x04"
OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

Row = tuple[int, tuple[str, ...]]  # its number in the file, from 1, and its cells as text


@dataclass(frozen=True)
class Table:
    """A file as rows of text. `rows()` reads from the beginning each time, row by row.

    `about` says how it was read, in sentences for a person.
    """

    format: str  # CSV or XLSX
    source: Callable[[], Iterator[Row]]
    about: tuple[str, ...] = ()
    encoding: str = ""
    delimiter: str = ""
    merged: tuple[str, ...] = field(default=())  # ranges of merged cells, as B1:D1

    def rows(self) -> Iterator[Row]:
        """Yield every row that is not blank; raise BadFile where the file is broken."""
        found = 0
        for number, cells in self.source():
            if not any(cell.strip() for cell in cells):
                continue
            found += 1
            if found > MOST_ROWS + 10:  # the lines that name the columns are not counted
                says = _("There are more than %(most)s rows. Please cut the file.")
                raise BadFile(says % {"most": f"{MOST_ROWS:,}"})
            _refuse_monsters(number, cells)
            yield number, cells

    def first(self, count: int) -> list[Row]:
        """Return the first rows."""
        return list(islice(self.rows(), count))


def _refuse_monsters(number: int, cells: tuple[str, ...]) -> None:
    if len(cells) > MOST_COLUMNS:
        says = _("there are more than %(most)s columns.") % {"most": MOST_COLUMNS}
        raise BadFile(says, row=number)
    for at, cell in enumerate(cells):
        if len(cell) > LONGEST_CELL:
            says = _("there are more than %(most)s letters.") % {"most": f"{LONGEST_CELL:,}"}
            raise BadFile(says, row=number, column=at)


def open_table(data: bytes) -> Table:
    """Return the table in a file; raise BadFile if it is none that we can read."""
    from goldenthread.listen.surveys.files.texts import read_text  # noqa: PLC0415  both need Table
    from goldenthread.listen.surveys.files.workbooks import read_workbook  # noqa: PLC0415

    if not data[:LOOKED_AT].strip(b"\xef\xbb\xbf\xff\xfe \t\r\n\x00"):
        raise BadFile(_("This file is empty."))
    if len(data) > LARGEST:
        raise BadFile(_("This file is larger than 5 MB. Please cut it in two."))
    if data.startswith(OLD_OFFICE):
        raise BadFile(
            _(
                "This is an old Excel file, or one with a password. "
                "Please save it as .xlsx without a password."
            )
        )
    if data.startswith(ZIP):
        return read_workbook(data)
    if data.startswith(b"%PDF"):
        raise BadFile(_("This is a PDF. Please choose the file with the answers: CSV or XLSX."))
    return read_text(data)


def fingerprint(table: Table) -> bytes:
    """Return what two files with the same cells have in common, however they were saved (32)."""
    mark = hashlib.sha256()
    for _number, cells in table.rows():
        filled = [cell.strip() for cell in cells]
        while filled and not filled[-1]:
            filled.pop()
        mark.update("\x1f".join(filled).encode() + b"\x1e")
    return mark.digest()
