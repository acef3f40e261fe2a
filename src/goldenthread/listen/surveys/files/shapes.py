"""Which tool an export comes from, told by its first rows: where the names and the answers are.

The shapes, as their own exports and those who read them show them, are cited in the tests.
"""

import json
import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.listen.surveys.files.faults import BadFile
from goldenthread.listen.surveys.files.reading import Row, Table


class Shape(StrEnum):
    MICROSOFT = "microsoft"
    GOOGLE = "google"
    QUALTRICS = "qualtrics"
    JISC = "jisc"
    PLAIN = "plain"

    @property
    def called(self) -> str:
        """Return what people call it."""
        return CALLED[self]


CALLED: Final = {
    Shape.MICROSOFT: "Microsoft Forms",
    Shape.GOOGLE: "Google Forms",
    Shape.QUALTRICS: "Qualtrics",
    Shape.JISC: "Jisc Online Surveys",
    Shape.PLAIN: "a plain table",
}
NO_NAME: Final = marked(
    "this column has no name (a name that is missing). "
    "Give each column a name of its own in one row."
)
MERGED: Final = marked(
    "this column has no name (merged cells). Give each column a name of its own in one row."
)
NUMBERED: Final = re.compile(
    r"^Q?\d{1,3}[a-z]?(?:[._][a-z0-9]{1,5})*\.?(?:\s|$|---)", re.IGNORECASE
)


@dataclass(frozen=True)
class Head:
    """What the first rows say: a code, a label and an import mark for each column.

    Answers begin in row `first` of the file.
    """

    shape: Shape
    codes: tuple[str, ...]
    labels: tuple[str, ...]
    marks: tuple[str, ...]
    first: int
    notes: tuple[str, ...] = ()


def read_head(table: Table) -> Head:
    """Return what the first rows say; raise BadFile if columns have no names."""
    rows = table.first(6)
    if not rows:
        raise BadFile(_("This file is empty."))
    notes = []
    while len(rows) > 1 and _is_title(rows):
        notes.append(_("Row %(row)s is a title, so we left it out.") % {"row": rows[0][0]})
        rows = rows[1:]
    names = _names(rows, table)
    if len(rows) >= 3 and _mark(rows[2][1][0]) is not None:  # noqa: PLR2004  the third line
        return _qualtrics(rows, names, notes)
    labels = tuple(_unlike(_one_line(name) for name in names))
    if len(rows) < 2:  # noqa: PLR2004  names and one answer
        raise BadFile(_("This file names its columns, but has no answers below."))
    shape = _shape(labels)
    if shape == Shape.JISC:
        codes = tuple(label.split("---")[0] for label in labels)
        labels = tuple(label.split("---")[-1].strip() for label in labels)
    else:
        codes = labels
    return Head(shape, codes, labels, ("",) * len(labels), rows[1][0], tuple(notes))


def _is_title(rows: list[Row]) -> bool:
    """Whether the first row is one line of text above a table."""
    filled = sum(bool(cell.strip()) for cell in rows[0][1])
    below = sum(bool(cell.strip()) for cell in rows[1][1])
    return filled == 1 and below > 2  # noqa: PLR2004  more than a name and a note


def _names(rows: list[Row], table: Table) -> list[str]:
    """Return the names of the columns: none of them empty where there are answers below."""
    number, cells = rows[0]
    names = [cell.strip() for cell in cells]
    widest = max(len(row[1]) for row in rows)
    names += [""] * (widest - len(names))
    for at, name in enumerate(names):
        if name:
            continue
        filled = sum(len(row[1]) > at and bool(row[1][at].strip()) for row in rows[1:])
        if any(names[at + 1 :]) or filled > len(rows) // 2:  # a single one is a row too long
            raise BadFile(_(MERGED if table.merged else NO_NAME), row=number, column=at)
    while names and not names[-1]:
        names.pop()
    return names


def _one_line(name: str) -> str:
    return " ".join(name.replace("\xa0", " ").split())


def _unlike(names: object) -> list[str]:
    """Return the names with a number after each that was there before."""
    seen: dict[str, int] = {}
    unlike = []
    for name in names:  # type: ignore[attr-defined]  # any iterable of text
        seen[name] = seen.get(name, 0) + 1
        unlike.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unlike


def _mark(cell: str) -> str | None:
    """Return the ImportId in a cell of Qualtrics' third line."""
    try:
        told = json.loads(cell)
    except ValueError:
        return None
    return str(told["ImportId"]) if isinstance(told, dict) and "ImportId" in told else None


def _qualtrics(rows: list[Row], names: list[str], notes: list[str]) -> Head:
    """Three lines of names: code, question, and JSON with the ImportId."""
    width = len(names)
    questions = [_one_line(cell) for cell in rows[1][1][:width]]
    questions += [""] * (width - len(questions))
    labels = [question or name for question, name in zip(questions, names, strict=True)]
    marks = []
    for at in range(width):
        mark = _mark(rows[2][1][at]) if at < len(rows[2][1]) else None
        if mark is None:
            raise BadFile(
                _("the third line should have the ImportId that Qualtrics writes there."),
                row=rows[2][0],
                column=at,
            )
        marks.append(mark)
    if len(rows) < 4:  # noqa: PLR2004  three lines of names and one answer
        raise BadFile(_("This file names its columns, but has no answers below."))
    shape = Shape.QUALTRICS
    return Head(shape, tuple(names), tuple(_unlike(labels)), tuple(marks), rows[3][0], tuple(notes))


def _shape(labels: tuple[str, ...]) -> Shape:
    low = [label.lower() for label in labels]
    if {"start time", "completion time"} <= set(low[:4]):
        return Shape.MICROSOFT
    if low[0] == "timestamp":
        return Shape.GOOGLE
    first = low[0].split("---")[-1]
    if first in {"unique response number", "urn", "response number", "response id"}:
        rest = [label for label in labels[1:] if NUMBERED.match(label)]
        if first == "unique response number" or len(rest) * 2 >= len(labels) - 1:
            return Shape.JISC
    return Shape.PLAIN
