"""Text with separators: its encoding is found by decoding it, its separator by looking."""

import codecs
import csv
import io
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.listen.surveys.files.faults import BadFile
from goldenthread.listen.surveys.files.reading import LONGEST_CELL, Row, Table

DELIMITERS: Final = {
    ",": marked("A text file in %(encoding)s, with commas between the columns."),
    ";": marked("A text file in %(encoding)s, with semicolons between the columns."),
    "\t": marked("A text file in %(encoding)s, with tabs between the columns."),
}
CHUNK: Final = 256 * 1024
LOOKED_AT: Final = 40  # rows, to find the separator
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig", "UTF-8"),
    (codecs.BOM_UTF16_LE, "utf-16", "UTF-16"),
    (codecs.BOM_UTF16_BE, "utf-16", "UTF-16"),
)
# What UTF-8 looks like that was once read as Windows-1252 and saved again.
_GARBLED: Final = re.compile("Ã[\u0080-¿]|â€[™œ\x9d\u02dc“”¦]|Â[£\xa0·]")


def read_text(data: bytes) -> Table:
    """Return the table in a text file; raise BadFile."""
    encoding, called = _encoding(data)
    delimiter = _delimiter(data, encoding)
    about = [_(DELIMITERS[delimiter]) % {"encoding": called}]
    if called == "Windows-1252":
        about.append(
            _(
                "It is not in UTF-8, so we took it for Windows-1252. "
                "Check that letters such as £ and é look right below."
            )
        )

    def source() -> Iterator[Row]:
        yield from _rows(data, encoding, delimiter)

    return Table("CSV", source, tuple(about), encoding=called, delimiter=delimiter)


def _encoding(data: bytes) -> tuple[str, str]:
    """Return how the bytes are to be decoded, and what people call that."""
    for mark, name, called in _MARKS:
        if data.startswith(mark):
            _check(data, name, called)
            return name, called
    if b"\0" in data[:4096]:
        if name := _wide(data[:4096]):
            _check(data, name, "UTF-16")
            return name, "UTF-16"
        raise BadFile(_("This is not a text file. Please choose a CSV or XLSX file."))
    if _fault(data, "utf-8") is None:
        return "utf-8", "UTF-8"
    _check(data, "cp1252", "Windows-1252")
    return "cp1252", "Windows-1252"


def _wide(head: bytes) -> str:
    """Return which UTF-16 without a mark this may be: nearly every second byte is nothing."""
    half = max(len(head) // 2, 1)
    if head[1::2].count(0) > 0.7 * half:
        return "utf-16-le"
    return "utf-16-be" if head[0::2].count(0) > 0.7 * half else ""


def _check(data: bytes, encoding: str, called: str) -> None:
    at = _fault(data, encoding)
    if at is None:
        return
    row = data[:at].count(b"\n") + 1
    says = _("the letters cannot be read as %(encoding)s. Please save the file again as UTF-8.")
    raise BadFile(says % {"encoding": called}, row=row)


def _fault(data: bytes, encoding: str) -> int | None:
    """Return where the first byte stands that cannot be decoded; never holds the whole text."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(data), CHUNK):
        chunk = data[start : start + CHUNK]
        try:
            decoder.decode(chunk, final=start + CHUNK >= len(data))
        except UnicodeDecodeError as error:
            return max(start + error.start, 0)
    return None


def _delimiter(data: bytes, encoding: str) -> str:
    """Return the separator under which the first rows are widest and most alike."""
    stream = _text(data, encoding)
    if told := re.fullmatch(r"sep=([,;\t])\r?\n?", stream.readline(20)):  # Excel says so itself
        return told[1]
    best, found = (0.0, 0), ","
    for delimiter in DELIMITERS:
        reader = csv.reader(_text(data, encoding), delimiter=delimiter)
        try:
            widths = [len(cells) for cells in islice(reader, LOOKED_AT) if cells]
        except csv.Error:
            continue
        widest = max(widths, default=0)
        names = next((width for width in widths if width > 1), 0)  # below a title, if there is one
        alike = widths.count(names) / len(widths) if names and widths[:3].count(names) else 0.0
        if (alike, widest) > best:
            best, found = (alike, widest), delimiter
    return found


def _text(data: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")


def _rows(data: bytes, encoding: str, delimiter: str) -> Iterator[Row]:
    csv.field_size_limit(LONGEST_CELL * 4)
    reader = csv.reader(_text(data, encoding), delimiter=delimiter, strict=True)
    number = 0
    try:
        for number, cells in enumerate(reader, start=1):
            if number == 1 and delimiter.join(cells).lower().startswith("sep="):
                continue
            for at, cell in enumerate(cells):
                _refuse_garbled(cell, number, at)
            yield number, tuple(cells)
    except csv.Error as error:
        raise BadFile(_broken(error), row=number + 1) from None


def _refuse_garbled(cell: str, row: int, column: int) -> None:
    if "\0" in cell:
        says = _("there is a sign that is no letter. This is no plain text.")
        raise BadFile(says, row=row)
    if found := _GARBLED.search(cell):
        says = _(
            "the letters “%(letters)s” show that the file was saved in the wrong encoding. "
            "Please export it again as UTF-8."
        )
        raise BadFile(says % {"letters": found[0]}, row=row, column=column)


def _broken(error: csv.Error) -> str:
    if "field limit" in str(error):
        says = _("a cell has more than %(most)s letters; a quotation mark may be missing.")
        return says % {"most": f"{LONGEST_CELL:,}"}
    return _("a quotation mark is missing or one too many.")
