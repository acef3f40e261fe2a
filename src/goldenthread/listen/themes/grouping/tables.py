"""Reading texts and ratings from CSV files, with sentences for what is not right."""

import csv
from collections.abc import Iterable

from goldenthread.listen.themes.grouping.agreement import Rating
from goldenthread.listen.themes.grouping.suggesting import Text

TEXT = ("text", "words", "answer", "response", "voice", "comment", "comments", "statement")
REF = ("id", "ref", "text_id", "voice_id", "response_id", "respondent", "key")
RATING = ("coder", "unit", "value")


class BadTable(ValueError):
    """A file that cannot be read; the sentence says why, and what was expected."""


def read_texts(lines: Iterable[str]) -> list[Text]:
    """Read a file with a column of texts and, if there is one, of their ids.

    Without a column of ids the number of the line in the file stands for it.

    :raises BadTable: no column of texts, or an id that stands twice
    """
    rows = csv.DictReader(lines)
    names = _names(rows)
    text = next((names[name] for name in TEXT if name in names), None)
    if text is None:
        raise BadTable(
            "There is no column of texts in this file. "
            f"One must be called {' or '.join(TEXT)}; this file has: {_listed(names)}."
        )
    ref = next((names[name] for name in REF if name in names), None)
    found: dict[str, Text] = {}
    for row in rows:
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
    rows = csv.DictReader(lines)
    names = _names(rows)
    if missing := [name for name in RATING if name not in names]:
        raise BadTable(
            f"There is no column {' or '.join(missing)} in this file. "
            f"The columns must be called coder, unit and value; this file has: {_listed(names)}."
        )
    columns = [names[name] for name in RATING]
    found = []
    for row in rows:
        coder, unit, value = ((row[name] or "").strip() for name in columns)
        if not value:
            continue
        if not coder or not unit:
            raise BadTable(f"Line {rows.line_num} has a value, but says no coder or no unit.")
        found.append(Rating(coder, unit, value))
    if not found:
        raise BadTable("There is no value in this file.")
    return found


def _names(rows: "csv.DictReader[str]") -> dict[str, str]:
    try:
        names = rows.fieldnames or ()
    except csv.Error as fault:
        raise BadTable("This file is not a table with commas: save it as “CSV UTF-8”.") from fault
    return {name.strip().lower(): name for name in names if name}


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names) or "nothing"
