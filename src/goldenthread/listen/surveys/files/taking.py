"""Taking the answers out of a table, one person a row, under what the columns were said to hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from django.utils.translation import gettext as _

from goldenthread.listen.surveys.files.columns import DAYS, NUMBER, Column, Kind, as_day, cut
from goldenthread.listen.surveys.files.faults import Fault
from goldenthread.listen.surveys.files.reading import Row, Table
from goldenthread.listen.surveys.files.sets import NO
from goldenthread.listen.surveys.files.shapes import Head, Shape

SHOWN_FAULTS: Final = 100
LONGEST: Final = 4000  # letters of one answer in words
PREVIEWS: Final = frozenset({"survey preview", "survey test", "spam", "1", "2", "8"})
DAY_FIRST: Final = tuple(form for form in DAYS if not form.startswith("%m"))
MONTH_FIRST: Final = tuple(form for form in DAYS if not form.startswith("%d/"))


@dataclass(frozen=True)
class Person:
    """What one row gives: answers to closed questions, and words, by the first place of a column.

    A choice is the value in the file, many a list of them, a scale a step from 1 (or what its
    options say), a number a float, a day text as 2026-03-10.
    """

    row: int
    closed: dict[int, Any]
    words: dict[int, str]


@dataclass
class Taken:
    """What reading gives beside the people: how many, and the first hundred faults."""

    people: int = 0
    empty: int = 0  # rows without any answer that is kept
    previews: int = 0  # rows that the tool itself marks as tests
    faults: list[Fault] = field(default_factory=list)
    more_faults: int = 0

    def fault(self, row: int, column: int | None, says: str) -> None:
        """Note what is wrong."""
        if len(self.faults) < SHOWN_FAULTS:
            self.faults.append(Fault(row, column, says))
        else:
            self.more_faults += 1


def take(
    table: Table, head: Head, columns: Sequence[Column], taken: Taken | None = None
) -> Iterator[Person]:
    """Yield each person's answers; what is wrong is noted in `taken`, and counted."""
    noted = Taken() if taken is None else taken
    tests = _tests(head)
    kept = [each for each in columns if each.kind != Kind.OUT]
    known = {each.at[0]: {value for value, _ in each.options} for each in kept}
    for row in table.rows():
        if row[0] < head.first:
            continue
        if tests is not None and _cell(row, tests).casefold() in PREVIEWS:
            noted.previews += 1
            continue
        person = _person(row, kept, known, noted)
        if person.closed or person.words:
            noted.people += 1
            yield person
        else:
            noted.empty += 1


def _tests(head: Head) -> int | None:
    """Return the column in which Qualtrics says that an answer was only a test."""
    if head.shape == Shape.QUALTRICS and "status" in head.marks:
        return head.marks.index("status")
    return None


def _cell(row: Row, at: int) -> str:
    cells = row[1]
    return cells[at].strip() if at < len(cells) else ""


def _person(row: Row, kept: Sequence[Column], known: dict[int, set[str]], noted: Taken) -> Person:
    person = Person(row[0], {}, {})
    for column in kept:
        at = column.at[0]
        if len(column.at) > 1:
            ticked = _ticked(row, column)
            if ticked:
                person.closed[at] = ticked
            continue
        said = _cell(row, at)
        if not said:
            continue
        if column.kind == Kind.LONG:
            if len(said) > LONGEST:
                noted.fault(row[0], at, _("The words are longer than 4,000 letters."))
            else:
                person.words[at] = said
            continue
        value, fault = READERS[column.kind](said, column, known[at])
        if fault:
            noted.fault(row[0], at, fault)
        else:
            person.closed[at] = value
    return person


def _ticked(row: Row, column: Column) -> list[str]:
    """Return the options that were ticked, of a question with a column for each."""
    labels = [label for _value, label in column.options]
    return [
        label
        for at, label in zip(column.at, labels, strict=True)
        if (said := _cell(row, at)) and said.casefold() not in NO
    ]


Read = tuple[Any, str]


def _choice(said: str, _column: Column, known: set[str]) -> Read:
    if said not in known:
        return None, _("“%(said)s” is none of the options of this question.") % {"said": said[:60]}
    return said, ""


def _many(said: str, column: Column, known: set[str]) -> Read:
    parts = cut(said, column.separator or ";")
    if strange := [part for part in parts if part not in known]:
        return None, _("“%(said)s” is none of the options of this question.") % {
            "said": strange[0][:60]
        }
    return list(dict.fromkeys(parts)), ""


def _scale(said: str, column: Column, known: set[str]) -> Read:
    if said not in known:
        return None, _("“%(said)s” is no step of this scale.") % {"said": said[:60]}
    steps = [value for value, _label in column.options]
    if all(NUMBER.match(step) for step in steps):
        return int(float(said)), ""
    return steps.index(said) + 1, ""


def _number(said: str, _column: Column, _known: set[str]) -> Read:
    if not NUMBER.match(said):
        return None, _("“%(said)s” is not a number.") % {"said": said[:60]}
    return float(said.replace(",", ".")), ""


def _day(said: str, column: Column, _known: set[str]) -> Read:
    for form in DAY_FIRST if column.day_first else MONTH_FIRST:
        if day := as_day(said, form):
            return day.isoformat(), ""
    return None, _("“%(said)s” is not a day that we can read.") % {"said": said[:60]}


READERS: Final = {
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.SCALE: _scale,
    Kind.NUMBER: _number,
    Kind.DATE: _day,
}
