"""Reading a file of who there is: every fault with its line and how to mend it. Saves nothing."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from django.utils.translation import gettext as _

from goldenthread.listen.voices.sheets import Sheet
from goldenthread.safety.equality.questions import Question

COLUMNS: Final = ("question", "category", "people")
LARGEST: Final = 100_000_000  # more people than any organisation has
Numbers = dict[str, dict[str, int]]  # by question, by answer


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line, and how to mend it. Line 0 is the file itself."""

    line: int
    what: str
    mend: str


@dataclass
class Read:
    """What a file holds."""

    numbers: Numbers = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)


def read(sheet: Sheet, questions: Iterable[Question]) -> Read:
    """Take the lines of a table; each question that is named must have a number for each answer."""
    asked, found = list(questions), Read()
    places = {name.strip().lower(): at for at, name in enumerate(sheet.headers)}
    missing = [name for name in COLUMNS if name not in places]
    if missing:
        what = _("There is no column called “%(name)s”.") % {"name": missing[0]}
        mend = _("Name the columns in the first line: question,category,people")
        found.faults.append(Fault(0, what, mend))
        return found
    known = _by_name(asked)
    lines: dict[tuple[str, str], int] = {}
    for number, cells in sheet.lines:
        question, answer, people = (_cell(cells, places[name]) for name in COLUMNS)
        found.faults += _line(number, question, answer, people, known, lines, found.numbers)
    if not found.faults:
        found.faults += _left_out(found.numbers, asked)
    return found


def _cell(cells: tuple[str, ...], at: int) -> str:
    return " ".join(cells[at].split()) if at < len(cells) else ""


def _by_name(questions: Iterable[Question]) -> Mapping[str, tuple[str, Mapping[str, str]]]:
    """Return questions and answers by what they may be called in a file: their key, or as asked."""
    known = {}
    for each in questions:
        answers = {name.lower(): key for key, text in each.answers for name in (key, text)}
        known[each.key.lower()] = known[each.asks.lower()] = (each.key, answers)
    return known


def _line(  # noqa: PLR0917  one line of a file
    number: int,
    question: str,
    answer: str,
    people: str,
    known: Mapping[str, tuple[str, Mapping[str, str]]],
    lines: dict[tuple[str, str], int],
    numbers: Numbers,
) -> Iterator[Fault]:
    if question.lower() not in known:
        yield Fault(
            number,
            _("We do not ask “%(name)s”.") % {"name": question},
            _("Use a question from the list on this page."),
        )
        return
    key, answers = known[question.lower()]
    if answer.lower() not in answers:
        yield Fault(
            number,
            _("This question has no answer “%(name)s”.") % {"name": answer},
            _("Use one of: %(names)s.") % {"names": ", ".join(dict.fromkeys(answers.values()))},
        )
        return
    place = (key, answers[answer.lower()])
    digits = people.replace(",", "")
    if place in lines:
        what = _("This is in line %(line)s already.") % {"line": lines[place]}
        yield Fault(number, what, _("Take one of the two out."))
    elif not (digits.isascii() and digits.isdigit() and int(digits) <= LARGEST):
        what = _("“%(text)s” is not a number of people.") % {"text": people}
        yield Fault(number, what, _("Write a whole number, or 0."))
    else:
        lines[place] = number
        numbers.setdefault(key, {})[place[1]] = int(digits)


def _left_out(numbers: Numbers, questions: Iterable[Question]) -> Iterator[Fault]:
    """Without all groups of a question there is no share of any."""
    for each in questions:
        given = numbers.get(each.key)
        gone = [key for key, _text in each.answers if given is not None and key not in given]
        if gone:
            words = {"question": each.asks, "names": ", ".join(gone)}
            yield Fault(
                0,
                _("“%(question)s” lacks: %(names)s.") % words,
                _("Add a line for each of them, or 0."),
            )
        elif given is not None and not sum(given.values()):
            what = _("“%(question)s” has nobody in it.") % {"question": each.asks}
            yield Fault(0, what, _("Give the numbers of people, or take the question out."))
