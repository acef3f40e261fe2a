"""Counting what was ticked: one pass over the answers, exact, and shown to nobody."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from goldenthread.listen.surveys import bands
from goldenthread.listen.surveys.models import Question

Kind = Question.Kind
TICKED, UNTICKED = "yes", "no"
WITHIN: Final = "/"  # between a question and its option or row in the name of a table


@dataclass
class Tally:
    """One question, or one line of it: how many answered, and what."""

    cells: Counter[str] = field(default_factory=Counter)
    values: Counter[Any] = field(default_factory=Counter)  # numbers or days, before their bands
    people: int = 0
    total: float = 0.0
    squares: float = 0.0

    def add(self, number: float) -> None:
        """Add one person's number."""
        self.people += 1
        self.total += number
        self.squares += number * number


@dataclass
class Counted:
    """All tallies, by the name of their table; ranks have means alone."""

    people: int = 0
    tables: dict[str, Tally] = field(default_factory=dict)
    ranks: dict[str, Tally] = field(default_factory=dict)


@dataclass(frozen=True)
class Line:
    """A table that can be shown: which question it is of, and its cells in their order."""

    name: str
    question: Question
    keys: tuple[str, ...]
    part: str = ""  # the option or row it is about

    @property
    def has_mean(self) -> bool:
        """Whether its cells are points of a scale, or bands of numbers."""
        return self.question.kind in {Kind.SCALE, Kind.MATRIX, Kind.NUMBER}


Edges = Mapping[str, Sequence[Any]]


def lines_of(questions: Iterable[Question], edges: Edges) -> Iterator[Line]:
    """Yield the tables of a survey; `edges` are the bands of its numbers and days."""
    for question in questions:
        ref = str(question.ref)
        if question.kind in {Kind.CHOICE, Kind.SCALE}:
            yield Line(ref, question, tuple(question.keys))
        elif question.kind == Kind.MANY:
            for key in question.keys:
                yield Line(f"{ref}{WITHIN}{key}", question, (TICKED, UNTICKED), key)
        elif question.kind == Kind.MATRIX:
            for row in question.rows:
                yield Line(f"{ref}{WITHIN}{row['key']}", question, tuple(question.keys), row["key"])
        elif question.kind in {Kind.NUMBER, Kind.DATE}:
            count = len(edges.get(ref, ())) + 1
            yield Line(ref, question, tuple(str(n) for n in range(count)))


def count(questions: Sequence[Question], given: Iterable[Mapping[str, Any]]) -> Counted:
    """Count every answer once; numbers and days are put into bands later, by `banded`."""
    counted = Counted()
    for answers in given:
        counted.people += 1
        for question in questions:
            value = answers.get(str(question.ref))
            if value is not None and question.kind in COUNTERS:
                COUNTERS[Kind(question.kind)](counted, question, value)
    return counted


def banded(counted: Counted, edges: Edges) -> None:
    """Put numbers and days into their bands."""
    for name, each in edges.items():
        tally = counted.tables.get(name)
        for value, number in tally.values.items() if tally else ():
            day = isinstance(value, str)
            key = bands.band_of_day(value, each) if day else bands.band_of(value, each)
            tally.cells[key] += number  # type: ignore[union-attr]  # there, or nothing to go through


def edges_of(
    questions: Iterable[Question], counted: Counted, before: Edges
) -> dict[str, list[Any]]:
    """Return the bands of each number and day: those of an earlier release, if there is one."""
    found = {}
    for question in questions:
        name = str(question.ref)
        if question.kind not in {Kind.NUMBER, Kind.DATE}:
            continue
        values = counted.tables.get(name, Tally()).values
        make: Any = bands.day_edges if question.kind == Kind.DATE else bands.number_edges
        found[name] = list(before[name]) if before.get(name) else make(values)
    return found


def _table(counted: Counted, name: str) -> Tally:
    return counted.tables.setdefault(name, Tally())


def _choice(counted: Counted, question: Question, value: Any) -> None:
    if value in question.keys:
        tally = _table(counted, str(question.ref))
        tally.people += 1
        tally.cells[value] += 1


def _many(counted: Counted, question: Question, value: Any) -> None:
    for key in question.keys:
        tally = _table(counted, f"{question.ref}{WITHIN}{key}")
        tally.people += 1
        tally.cells[TICKED if key in value else UNTICKED] += 1


def _scale(counted: Counted, question: Question, value: Any) -> None:
    _point(_table(counted, str(question.ref)), question, value)


def _matrix(counted: Counted, question: Question, value: Any) -> None:
    for row in question.rows:
        if row["key"] in value:
            name = f"{question.ref}{WITHIN}{row['key']}"
            _point(_table(counted, name), question, value[row["key"]])


def _point(tally: Tally, question: Question, value: Any) -> None:
    if str(value) in question.keys:
        tally.cells[str(value)] += 1
        tally.add(int(value))


def _rank(counted: Counted, question: Question, value: Any) -> None:
    for place, key in enumerate(value, start=1):
        counted.ranks.setdefault(f"{question.ref}{WITHIN}{key}", Tally()).add(place)


def _number(counted: Counted, question: Question, value: Any) -> None:
    tally = _table(counted, str(question.ref))
    tally.values[float(value)] += 1
    tally.add(float(value))


def _date(counted: Counted, question: Question, value: Any) -> None:
    tally = _table(counted, str(question.ref))
    tally.values[str(value)] += 1
    tally.people += 1


COUNTERS: Final = {
    Kind.CHOICE: _choice,
    Kind.MANY: _many,
    Kind.SCALE: _scale,
    Kind.MATRIX: _matrix,
    Kind.RANK: _rank,
    Kind.NUMBER: _number,
    Kind.DATE: _date,
}
