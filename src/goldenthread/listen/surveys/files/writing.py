"""Writing tables that spreadsheet programs open, of which no cell is ever run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any, Final

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font

from goldenthread.listen.surveys.files.faults import letters

# What spreadsheet programs take for the beginning of a formula; the wide forms as well.
RISKY: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
UNPRINTABLE: Final = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])
WIDEST: Final = 60  # letters of a column

Lines = Iterable[Sequence[Any]]


def safe(value: Any) -> Any:
    """Return a cell that is shown as it is: text that could be a formula gets an apostrophe."""
    if not isinstance(value, str):
        return value
    said = value.translate(UNPRINTABLE)
    return f"'{said}" if said.lstrip(" \xa0").startswith(RISKY) or said.startswith(RISKY) else said


def as_csv(lines: Lines) -> bytes:
    """Return a table as CSV in UTF-8 with a mark, as spreadsheet programs like it."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_MINIMAL)
    for line in lines:
        writer.writerow([safe(cell) for cell in line])
    return written.getvalue().encode("utf-8-sig")


def as_xlsx(sheets: Iterable[tuple[str, Lines]]) -> bytes:
    """Return a workbook with one sheet for each name; the first row of each names its columns."""
    book = openpyxl.Workbook(write_only=True)
    for name, lines in sheets:
        sheet = book.create_sheet(name[:31])
        rows = [[safe(cell) for cell in line] for line in lines]
        for at, width in enumerate(_widths(rows)):
            sheet.column_dimensions[letters(at)].width = width
        sheet.freeze_panes = "A2"
        for number, row in enumerate(rows):
            sheet.append([_cell(sheet, value, bold=number == 0) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=value)
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    cell.font = Font(bold=bold)
    return cell


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
    most = max((len(row) for row in rows), default=0)
    return [
        min(max(len(str(row[at])) for row in rows if at < len(row)) + 2, WIDEST)
        for at in range(most)
    ]
