"""Damaged and dangerous files: each is refused in a sentence, with its place where it has one."""

import io
import zipfile
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest

from goldenthread.listen.surveys.files import BadFile, open_table, propose
from goldenthread.listen.surveys.files.reading import LARGEST, MOST_ROWS
from goldenthread.listen.surveys.files.tests import exports
from goldenthread.listen.surveys.files.tests.exports import as_book, as_text


def packed(parts: dict[str, bytes], *, level: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", level) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return written.getvalue()


def changed(data: bytes, change: Callable[[dict[str, bytes]], Any]) -> bytes:
    """A workbook of which some parts were changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    return packed(parts)


SHEET = "xl/worksheets/sheet1.xml"
BOOK = as_book(exports.plain(12))


def formula() -> bytes:
    lines = exports.plain(12)
    lines[3][1] = "=2+2"
    return as_book(lines)


def shown_formula() -> bytes:
    """As a spreadsheet program saves it: with what it shows."""

    def fill(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b"<f>2+2</f><v />", b"<f>2+2</f><v>4</v>")
        parts[SHEET] = parts[SHEET].replace(b"<f>2+2</f><v></v>", b"<f>2+2</f><v>4</v>")

    return changed(formula(), fill)


def error_cell() -> bytes:
    lines = exports.plain(12)
    lines[3][1] = "#REF!"
    return as_book(lines)


def merged() -> bytes:
    lines = exports.plain(12)
    lines[0] = ["Team", "About you", "", "What should change?"]
    return as_book(lines, merge="B1:C1")


def ragged() -> bytes:
    lines = exports.plain(12)
    lines[5].append("one too many")
    return as_text(lines)


def garbled() -> bytes:
    lines = exports.plain(12)
    lines[2][3] = "The café".encode().decode("cp1252")
    return as_text(lines)


def bad_xml(parts: dict[str, bytes]) -> None:
    parts[SHEET] = parts[SHEET][: len(parts[SHEET]) // 2]


def with_entities(parts: dict[str, bytes]) -> None:
    laughs = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    parts[SHEET] = laughs + parts[SHEET]


REFUSED: dict[str, tuple[bytes | Callable[[], bytes], str]] = {
    "empty": (b"", "This file is empty."),
    "blank": (b"\xef\xbb\xbf\r\n \n", "This file is empty."),
    "names alone": (b"Team,Years\n", "no answers below"),
    "too large": (b"a,b\n" + b"x" * LARGEST, "larger than 5 MB"),
    "no text": (b"\x89PNG\r\n\x1a\n\x00\x01\x02\x03" * 9, "not a text file"),
    "a PDF": (b"%PDF-1.7\n%abc", "This is a PDF"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 600, "old Excel file"),
    "half a UTF-16 letter": (b"\xff\xfea\x00,\x00b", "Row 1: the letters cannot be read as UTF-16"),
    "neither UTF-8 nor Windows": (b"a,b\n1,2\n1,\x81\xe9\n", "Row 3: the letters cannot be read"),
    "saved in the wrong encoding": (garbled, "Row 3, column D: the letters “Ã©”"),
    "an open quotation mark": (b'a,b\n1,2\n1,"open\n2,3\n', "Row 3: a quotation mark is missing"),
    "a row too long": (ragged, "Row 6, column E: this row has more cells than the 4 columns"),
    "a column without a name": (b"a,,c\n1,2,3\n", "Row 1, column B: this column has no name"),
    "merged names": (merged, "Row 1, column C: this column has no name .merged cells."),
    "a formula without its value": (formula, "Row 4, column B: there is a formula"),
    "an error in a cell": (error_cell, r"Row 4, column B: the cell shows an error .#REF!."),
    "a ZIP": (lambda: packed({"a.csv": b"a,b\n1,2\n"}), "packed folder"),
    "an OpenDocument": (lambda: packed({"content.xml": b"<x/>"}), "OpenDocument"),
    "half a ZIP": (BOOK[: len(BOOK) // 2], "damaged"),
    "broken XML": (lambda: changed(BOOK, bad_xml), "damaged"),
    "macros": (
        lambda: changed(BOOK, lambda parts: parts.update({"xl/vbaProject.bin": b"x"})),
        "has macros",
    ),
    "a zip bomb": (
        lambda: changed(BOOK, lambda parts: parts.update({"xl/big.xml": b" " * 20_000_000})),
        "trap",
    ),
    "a large zip bomb": (
        lambda: changed(
            BOOK,
            lambda parts: parts.update({f"xl/{n}.bin": b"\0" * 3_900_000 for n in range(45)}),
        ),
        "far too large",
    ),
    "entities": (lambda: changed(BOOK, with_entities), "commands for programs"),
    "no sheet with anything": (lambda: as_book([]), "empty"),
    "too many columns": (lambda: as_text([["a"] * 501, ["b"] * 501]), "more than 500 columns"),
    "a huge cell": (b"a,b\n1," + b"x" * 40_000 + b"\n", "Row 2, column B: there are more than"),
    "Qualtrics with a hole": (
        b'Q1,Q2\nHow?,Why?\n"{""ImportId"":""QID1""}",\na,b\n',
        "Row 3, column B: the third line should have the ImportId",
    ),
}


@pytest.mark.parametrize("name", list(REFUSED))
def test_a_damaged_file_is_refused_in_a_sentence(name: str) -> None:
    data, says = REFUSED[name]
    with pytest.raises(BadFile, match=says) as refused:
        propose(open_table(data if isinstance(data, bytes) else data()))
    assert str(refused.value).endswith(".")


def test_the_control_a_whole_workbook_is_read() -> None:
    assert propose(open_table(BOOK)).rows == 12
    assert propose(open_table(shown_formula())).rows == 12


def test_a_shorter_row_counts_as_no_answer_and_is_said() -> None:
    lines = exports.plain(12)
    lines[5] = ["Ward A"]
    found = propose(open_table(as_text(lines)))
    assert found.short == 1
    assert "1 row is shorter than the others." in found.about[-1]


def test_a_file_with_too_many_rows_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("goldenthread.listen.surveys.files.reading.MOST_ROWS", 20)
    monkeypatch.setattr("goldenthread.listen.surveys.files.proposing.MOST_ROWS", 20)
    assert MOST_ROWS == 100_000
    with pytest.raises(BadFile, match="more than 20"):
        propose(open_table(as_text(exports.plain(21))))


def test_a_size_that_the_workbook_lies_about_is_not_believed() -> None:
    book = openpyxl.load_workbook(io.BytesIO(BOOK))
    written = io.BytesIO()
    book.save(written)

    def lie(parts: dict[str, bytes]) -> None:
        parts[SHEET] = parts[SHEET].replace(b'<dimension ref="A1:D13"', b'<dimension ref="A1:A1"')

    assert propose(open_table(changed(written.getvalue(), lie))).rows == 12
