"""Bringing a survey in from a file of another tool: all of it or nothing."""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import keyed
from goldenthread.listen.surveys.events import SURVEY_BROUGHT_IN
from goldenthread.listen.surveys.files import (
    Column,
    Kind,
    Proposed,
    Table,
    Taken,
    fingerprint,
    take,
)
from goldenthread.listen.surveys.models import Answers, Question, Survey, Wave
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.permissions import may_bring_in
from goldenthread.listen.voices.services.speaking import refuse_unless_listening
from goldenthread.listen.voices.sheets import Row
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts.codes import looks_like_receipt
from goldenthread.projects.models import Project
from goldenthread.thread.services import record

AT_ONCE: Final = 2000
MOST_QUESTIONS: Final = 120
ASKED: Final = 300  # letters of a question
CHANCE: Final = random.SystemRandom()


@dataclass(frozen=True)
class Meant:
    """A column as a person decided, and what it says about the question it becomes."""

    column: Column
    area: str = ""
    reversed: bool = False
    sensitive: bool = False


@dataclass
class Read:
    """What a file gives: closed answers as JSON, words with the place of their column."""

    taken: Taken = field(default_factory=Taken)
    closed: list[str] = field(default_factory=list)
    words: list[tuple[int, str]] = field(default_factory=list)


def read(table: Table, proposed: Proposed, columns: Sequence[Column]) -> Read:
    """Read all answers; what does not fit is noted with its place, and nothing is kept."""
    found = Read()
    keys = {each.at[0]: _keys(each) for each in columns}
    for person in take(table, proposed.head, columns, found.taken):
        given = {at: _keyed(value, keys[at]) for at, value in person.closed.items()}
        if given:
            found.closed.append(json.dumps(given))
        for at, words in person.words.items():
            if looks_like_receipt(words):
                found.taken.fault(person.row, at, _("There is a receipt in the words."))
            found.words.append((at, words))
    return found


@transaction.atomic
def bring_in(
    *,
    by: Person,
    project: Project,
    table: Table,
    proposed: Proposed,
    meant: Sequence[Meant],
    title: str,
    asked_on: date,
    now: datetime,
) -> Survey:
    """Make a closed survey of a file: its questions, one wave, answers, and words for the readers.

    :raises Refusal: the speaker does not facilitate here, the project is closed, a cell does not
        fit, the file came before
    """
    if not may_bring_in(by, project, now=now):
        raise Refusal(_("Only an organiser can bring a survey in from a file."))
    if project.state == Project.State.CLOSED:
        raise Refusal(_("This project is closed."))
    kept = [each for each in meant if each.column.kind != Kind.OUT]
    found = read(table, proposed, [each.column for each in kept])
    _refuse_faults(found, kept)
    if found.words:
        refuse_unless_listening(project, now)
    batch = _batch(by, project, table, found, now)
    survey = Survey.objects.create(project=project, title=title, state=Survey.State.CLOSED)
    today = clock.today(now)
    wave = Wave.objects.create(survey=survey, number=1, opened_on=asked_on, closed_on=today)
    refs = _ask(survey, kept)
    _keep_answers(wave, found, refs)
    _hold_words(project, found, refs, batch, now)
    facts = {"questions": len(refs)}
    record(SURVEY_BROUGHT_IN, about=survey.ref, project=project.ref, facts=facts, now=now)
    return survey


def _refuse_faults(found: Read, kept: Sequence[Meant]) -> None:
    if found.taken.faults:
        first = found.taken.faults[0]
        raise Refusal(f"{first.where}: {first.says}")
    if not kept or not found.taken.people:
        raise Refusal(_("There is no answer in this file that we could bring in."))
    if len(kept) > MOST_QUESTIONS:
        raise Refusal(_("A survey has at most 120 questions. Leave some columns out."))


def _batch(by: Person, project: Project, table: Table, found: Read, now: datetime) -> Batch:
    """Note that this file was here; the mark is that of its cells, whatever it is called."""
    mark = keyed("surveys.file", project.ref, fingerprint(table).hex())
    batch, new = Batch.objects.get_or_create(
        project=project,
        fingerprint=mark,
        defaults={"by": by, "on": clock.today(now), "count": found.taken.people},
    )
    if not new:
        raise Refusal(_("This file was brought in before. Nothing was changed."))
    return batch


KINDS: Final = {
    Kind.CHOICE: Question.Kind.CHOICE,
    Kind.MANY: Question.Kind.MANY,
    Kind.SCALE: Question.Kind.SCALE,
    Kind.NUMBER: Question.Kind.NUMBER,
    Kind.DATE: Question.Kind.DATE,
    Kind.LONG: Question.Kind.LONG,
}


def _ask(survey: Survey, kept: Sequence[Meant]) -> dict[int, Question]:
    """Make a question of each column, in the order of the file."""
    made = {
        each.column.at[0]: Question(
            survey=survey,
            position=position,
            kind=KINDS[each.column.kind],
            text=each.column.label[:ASKED],
            options=_options(each.column),
            area=each.area,
            reversed=each.reversed,
            sensitive=each.sensitive,
        )
        for position, each in enumerate(kept, start=1)
    }
    Question.objects.bulk_create(made.values())
    return made


def _options(column: Column) -> list[dict[str, Any]]:
    labels = list(dict.fromkeys(label for _value, label in column.options))
    if column.kind != Kind.SCALE:
        return [
            {"key": f"o{n}", "text": label, "words": False} for n, label in enumerate(labels, 1)
        ]
    values = [value for value, _label in column.options]
    steps = values if all(value.isdigit() for value in values) else range(1, len(values) + 1)
    return [
        {"key": str(step), "text": label, "words": False}
        for step, (_value, label) in zip(steps, column.options, strict=True)
    ]


def _keys(column: Column) -> dict[str, str]:
    """Return which key each value in the file stands for, where options have keys."""
    if column.kind not in {Kind.CHOICE, Kind.MANY}:
        return {}
    labels = list(dict.fromkeys(label for _value, label in column.options))
    by_label = {label: f"o{n}" for n, label in enumerate(labels, 1)}
    if len(column.at) > 1:
        return by_label
    return {value: by_label[label] for value, label in column.options}


def _keyed(value: Any, keys: dict[str, str]) -> Any:
    if not keys:
        return value
    if isinstance(value, list):
        return list(dict.fromkeys(keys[each] for each in value))
    return keys[value]


def _keep_answers(wave: Wave, found: Read, refs: dict[int, Question]) -> None:
    """Write the ticks of everybody, mixed: their order in the file says nothing any more."""
    CHANCE.shuffle(found.closed)
    names = {str(at): str(question.ref) for at, question in refs.items()}
    for some in _slices(found.closed, AT_ONCE):
        given = [{names[at]: value for at, value in json.loads(one).items()} for one in some]
        Answers.objects.bulk_create(Answers(wave=wave, given=each) for each in given)


def _hold_words(
    project: Project,
    found: Read,
    refs: dict[int, Question],
    batch: Batch,
    now: datetime,
) -> None:
    """Hold the words for the readers, mixed by themselves: nothing joins them to the ticks."""
    CHANCE.shuffle(found.words)
    for some in _slices(found.words, voices.SLICE):
        rows = [
            Row(words, Voice.Kind.ANSWER, asked=refs[at].text, answers=refs[at].ref)
            for at, words in some
        ]
        voices.hold_rows(project=project, rows=rows, batch=batch, now=now)


def _slices(things: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(things), size):
        yield things[start : start + size]
