"""The order of a survey: its parts, the numbers of its questions, and which of them are reached."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from goldenthread.listen.surveys.models import Question

Kind = Question.Kind
Given = Mapping[str, Any]  # {question ref: value}, as `Answers.given`
BRANCHES = (Kind.CHOICE, Kind.MANY)  # by what is chosen here, later questions are shown
CHOSEN = (Kind.CHOICE, Kind.MANY, Kind.SCALE, Kind.MATRIX, Kind.RANK)


@dataclass(frozen=True)
class Part:
    """One page: a heading, if there is one, and the questions behind it."""

    number: int
    heading: Question | None
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Outline:
    """A survey in its order."""

    parts: tuple[Part, ...]
    by_ref: Mapping[UUID, Question]
    numbers: Mapping[UUID, int]  # of questions; headings have none

    @property
    def questions(self) -> list[Question]:
        """Every question, without the headings."""
        return [question for part in self.parts for question in part.questions]

    def is_reached(self, question: Question, given: Given) -> bool:
        """Return whether somebody who answered so is asked this."""
        if question.shown_if_id is None:
            return True
        asked = self.by_ref.get(question.shown_if_id)
        if asked is None or not self.is_reached(asked, given):
            return False
        if not self._part_is_reached(asked, given):
            return False
        value = given.get(str(asked.ref))
        chosen = value if isinstance(value, list) else [value]
        return any(key in question.shown_keys for key in chosen)

    def _part_is_reached(self, question: Question, given: Given) -> bool:
        part = self.part_of(question)
        return part.heading in {None, question} or self.is_reached(part.heading, given)

    def part_of(self, question: Question) -> Part:
        """Return the part in which a question stands."""
        return next(p for p in self.parts if question in p.questions or question == p.heading)

    def reached_parts(self, given: Given) -> list[Part]:
        """Return the parts that somebody who answered so goes through."""
        return [part for part in self.parts if self._goes_through(part, given)]

    def _goes_through(self, part: Part, given: Given) -> bool:
        if part.heading is not None and not self.is_reached(part.heading, given):
            return False
        within = {each.ref for each in part.questions}
        return any(
            self.is_reached(each, given) or each.shown_if_id in within for each in part.questions
        )

    def kept(self, given: Given) -> dict[str, Any]:
        """Leave out what was answered before somebody took another way."""
        found = dict(given)
        for part in self.parts:
            shown = part.heading is None or self.is_reached(part.heading, found)
            for question in part.questions:
                if not shown or not self.is_reached(question, found):
                    found.pop(str(question.ref), None)
        return found


def outline_of(questions: Sequence[Question]) -> Outline:
    """Lay out the questions of a survey, which come in their order."""
    parts: list[Part] = []
    heading: Question | None = None
    within: list[Question] = []
    for question in [*questions, None]:
        if question is not None and question.kind != Kind.SECTION:
            within.append(question)
            continue
        if within:
            parts.append(Part(len(parts) + 1, heading, tuple(within)))
        heading, within = question, []
    asked = [question for part in parts for question in part.questions]
    return Outline(
        parts=tuple(parts),
        by_ref={question.ref: question for question in questions},
        numbers={question.ref: number for number, question in enumerate(asked, 1)},
    )


def faults_of(questions: Sequence[Question]) -> list[tuple[Question, str]]:
    """Name each question that cannot be asked as it is, with a code of what is wrong."""
    place = {question.ref: number for number, question in enumerate(questions)}
    faults = []
    for number, question in enumerate(questions):
        if question.kind in CHOSEN and len(question.options) < 2:  # noqa: PLR2004
            faults.append((question, "few-options"))
        if question.kind == Kind.MATRIX and not question.rows:
            faults.append((question, "no-rows"))
        if question.kind == Kind.SECTION and _is_empty(questions, number):
            faults.append((question, "empty-part"))
        if question.shown_if_id is None:
            continue
        if place.get(question.shown_if_id, number) >= number:
            faults.append((question, "points-forward"))
        elif not set(question.shown_keys) <= set(questions[place[question.shown_if_id]].keys):
            faults.append((question, "answer-gone"))
    return faults


def _is_empty(questions: Sequence[Question], number: int) -> bool:
    return len(questions) == number + 1 or questions[number + 1].kind == Kind.SECTION


def said_in(texts: Mapping[str, Any], name: str, otherwise: str) -> str:
    """Return a text in the second language, or as it stands in the first."""
    return str(texts.get(name) or otherwise)


def branches_before(questions: Iterable[Question], place: int) -> list[Question]:
    """Return the questions before a place by which a later one may be shown."""
    return [each for each in questions if each.position < place and each.kind in BRANCHES]
