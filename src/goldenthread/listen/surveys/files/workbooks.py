"""Workbooks (XLSX): looked at as an archive first, then read row by row."""

import io
import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any, Final

import openpyxl
from django.utils.translation import gettext as _

from goldenthread.listen.surveys.files.faults import BadFile
from goldenthread.listen.surveys.files.reading import Row, Table

LARGEST_INSIDE: Final = 150 * 1024 * 1024  # bytes when unpacked
LARGEST_SHARE: Final = 300  # times its packed size, of any part that is not small
SMALL: Final = 4 * 1024 * 1024
MOST_PARTS: Final = 1000
CHUNK: Final = 1024 * 1024
OVERLAP: Final = 8 * 1024
_CELL = rb"<(?:\w+:)?c [^>]*?\br=\"([A-Z]{1,3})(\d{1,7})\"[^>]*>\s*"
_FORMULA = rb"<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*"
_NO_VALUE = rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
UNSHOWN: Final = re.compile(_CELL + _FORMULA + _NO_VALUE)  # a formula without what it shows
MERGED: Final = re.compile(rb"<(?:\w+:)?mergeCell [^>]*?\bref=\"([A-Z]{1,3}\d+:[A-Z]{1,3}\d+)\"")
ERRORS: Final = frozenset(
    {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#SPILL!", "#CALC!"}
)


def read_workbook(data: bytes) -> Table:
    """Return the first sheet that holds anything; raise BadFile."""
    with _archive(data) as archive:
        _refuse_dangers(archive)
    book = _opened(data)
    try:
        names = [sheet.title for sheet in book.worksheets]
        filled = next((each for each in book.worksheets if any(_cells(each))), None)
        if filled is None:
            raise BadFile(_("This workbook is empty."))
        name, part = filled.title, filled._worksheet_path  # noqa: SLF001  no other way to its part
    finally:
        book.close()
    merged = _look_through(data, part)
    about = [_("A workbook (XLSX). We read its sheet “%(name)s”.") % {"name": name}]
    if others := [each for each in names if each != name]:
        about.append(_("Sheets that we leave alone: %(names)s.") % {"names": ", ".join(others)})

    def source() -> Iterator[Row]:
        again = _opened(data)
        try:
            yield from _rows(_cells(again[name]))
        finally:
            again.close()

    return Table("XLSX", source, tuple(about), merged=tuple(merged))


def _archive(data: bytes) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError):
        raise BadFile(
            _("This file is damaged: it begins like a workbook but cannot be opened.")
        ) from None


def _refuse_dangers(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise BadFile(_("This workbook has macros. Please save it as .xlsx, which has none."))
    if "xl/workbook.xml" not in names or "[Content_Types].xml" not in names:
        if "content.xml" in names:
            raise BadFile(_("This is an OpenDocument file. Please save it as XLSX or CSV."))
        raise BadFile(
            _("This is a packed folder (ZIP), not a workbook. Please choose CSV or XLSX.")
        )
    _refuse_bombs(parts)
    for part in parts:
        if part.filename.endswith((".xml", ".rels")):
            _refuse_entities(archive, part)


def _refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    if any(part.flag_bits & 1 for part in parts):
        raise BadFile(_("This workbook has a password. Please save it without."))
    if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > LARGEST_INSIDE:
        raise BadFile(_("Unpacked, this workbook is far too large. Please save it as CSV."))
    for part in parts:
        share = part.file_size / max(part.compress_size, 1)
        if part.file_size > SMALL and share > LARGEST_SHARE:
            raise BadFile(
                _("This workbook is packed like a trap for programs. We did not open it.")
            )


def _refuse_entities(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    try:
        with archive.open(part) as opened:
            head = opened.read(OVERLAP).replace(b"\0", b"").upper()
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError):
        raise BadFile(_("This workbook is damaged: a part of it cannot be unpacked.")) from None
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise BadFile(_("This workbook holds commands for programs. We did not open it."))


def _opened(data: bytes) -> openpyxl.Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of styles and extensions that we do not read
            return openpyxl.load_workbook(
                io.BytesIO(data), read_only=True, data_only=True, keep_links=False
            )
    except Exception:  # noqa: BLE001  a damaged workbook fails in any way it likes
        raise BadFile(_("This workbook is damaged. Please save it again, or as CSV.")) from None


def _cells(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Yield the values of each row; what the file says of its own size is not believed."""
    if not hasattr(sheet, "reset_dimensions"):  # a sheet of charts
        return
    sheet.reset_dimensions()
    rows = sheet.iter_rows(values_only=True)
    while True:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                row = next(rows)
        except StopIteration:
            return
        except Exception:  # noqa: BLE001  as above
            raise BadFile(_("This workbook is damaged. Please save it again, or as CSV.")) from None
        yield row


def _rows(found: Iterable[tuple[Any, ...]]) -> Iterator[Row]:
    for number, values in enumerate(found, start=1):
        yield number, tuple(_said(value, number, at) for at, value in enumerate(values))


def _said(value: Any, row: int, column: int) -> str:
    """Return the value of a cell as a person reads it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime):
        bare = value.time() == time()
        return value.date().isoformat() if bare else value.isoformat(" ", "seconds")
    if isinstance(value, date | time | timedelta):
        return str(value)
    said = str(value)
    if said in ERRORS:
        says = _("the cell shows an error (%(error)s) in place of a value.") % {"error": said}
        raise BadFile(says, row=row, column=column)
    return said


def _look_through(data: bytes, part: str) -> list[str]:
    """Return the merged ranges of a sheet; refuse formulas whose values were never saved."""
    merged: list[str] = []
    with _archive(data) as archive, archive.open(part.lstrip("/")) as opened:
        kept = b""
        while chunk := opened.read(CHUNK):
            window = kept + chunk
            if found := UNSHOWN.search(window):
                raise BadFile(
                    _(
                        "there is a formula whose result is not in the file. Open it in a "
                        "spreadsheet program, save it, and choose it again."
                    ),
                    row=int(found[2]),
                    column=_number(found[1].decode()),
                )
            merged += [each.decode() for each in MERGED.findall(window)]
            kept = window[-OVERLAP:]
    return sorted(set(merged))


def _number(name: str) -> int:
    """Return which column a name of letters means, the first one 0."""
    total = 0
    for letter in name:
        total = total * 26 + ord(letter) - ord("A") + 1
    return total - 1
