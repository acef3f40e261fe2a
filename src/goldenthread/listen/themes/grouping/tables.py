"""Reading texts and ratings from CSV files, with sentences for what is not right."""

import csv
from collections.abc import Iterable, Iterator
from itertools import chain

from goldenthread.listen.themes.grouping.agreement import Rating
from goldenthread.listen.themes.grouping.suggesting import Text

TEXT = ("text", "words", "answer", "response", "voice", "comment", "comments", "statement")
REF = ("id", "ref", "text_id", "voice_id", "response_id", "respondent", "key")
DELIMITERS = ",;\t"
RATING = ("coder", "unit", "value")


class BadTable(ValueError):
    """A file that cannot be read; the sentence says why, and what was expected."""


def read_texts(lines: Iterable[str]) -> list[Text]:
    """Read a file with a column of texts and, if there is one, of their ids.

    Without a column of ids the number of the line in the file stands for it.

    :raises BadTable: no column of texts, or an id that stands twice
    """
    rows, names = _open(lines)
    text = next((names[name] for name in TEXT if name in names), None)
    if text is None:
        raise BadTable(
            "There is no column of texts in this file. "
            f"One must be called {' or '.join(TEXT)}; this file has: {_listed(names)}."
        )
    ref = next((names[name] for name in REF if name in names), None)
    found: dict[str, Text] = {}
    for row in _whole(rows):
        words = (row[text] or "").strip()
        key = (row[ref] or "").strip() if ref else ""
        key = key or str(rows.line_num)
        if not words:
            continue
        if key in found:
            raise BadTable(f"The id {key} stands twice: every text needs one of its own.")
        found[key] = Text(key, words)
    if not found:
        raise BadTable("There is no text in this file.")
    return list(found.values())


def read_ratings(lines: Iterable[str]) -> list[Rating]:
    """Read a file with the columns coder, unit and value; an empty value is a missing one.

    :raises BadTable: a column is missing, or there is no value
    """
    rows, names = _open(lines)
    if missing := [name for name in RATING if name not in names]:
        raise BadTable(
            f"There is no column {' or '.join(missing)} in this file. "
            f"The columns must be called coder, unit and value; this file has: {_listed(names)}."
        )
    columns = [names[name] for name in RATING]
    found = []
    for row in _whole(rows):
        coder, unit, value = ((row[name] or "").strip() for name in columns)
        if not value:
            continue
        if not coder or not unit:
            raise BadTable(f"Line {rows.line_num} has a value, but says no coder or no unit.")
        found.append(Rating(coder, unit, value))
    if not found:
        raise BadTable("There is no value in this file.")
    return found


def _open(lines: Iterable[str]) -> tuple["csv.DictReader[str]", dict[str, str]]:
    """Read the names of columns; those of a file are apart by commas, semicolons or tabs."""
    lines = iter(lines)
    first = next(lines, "")
    delimiter = max(DELIMITERS, key=first.count)
    rows = csv.DictReader(chain([first], lines), delimiter=delimiter, strict=True)
    try:
        names = rows.fieldnames or ()
    except csv.Error as fault:
        raise BadTable("This file is not a table: save it as “CSV UTF-8”.") from fault
    return rows, {name.strip().lower(): name for name in names if name}


def _whole(rows: "csv.DictReader[str]") -> Iterator[dict[str, str]]:
    """Yield each row; one with more fields than there are columns is refused."""
    before = rows.line_num
    try:
        for row in rows:
            if None in row:
                raise BadTable(f"Line {before + 1} has more fields than there are columns.")
            yield row
            before = rows.line_num
    except csv.Error as fault:
        raise BadTable(f"A quotation mark is not closed, from line {before + 1} on.") from fault


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"
