"""Writing a survey, until it opens."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, TypedDict, Unpack
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import permissions
from goldenthread.listen.surveys.library import Template
from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

MOST_QUESTIONS = 100
Where = Literal["up", "down"]


class Asked(TypedDict, total=False):
    """What makes a question, as `Question` keeps it."""

    kind: str
    text: str
    help: str
    options: list[dict[str, Any]]
    rows: list[dict[str, Any]]
    least: int | None
    most: int | None
    required: bool
    shown_if: Question | None
    shown_keys: list[str]
    area: str
    reversed: bool
    sensitive: bool
    texts: dict[str, Any]


@transaction.atomic
def begin_survey(
    *, by: Person, project: Project, title: str, template: Template | None = None, now: datetime
) -> Survey:
    """Begin a survey, empty or with the questions of a template.

    :raises Refusal: the speaker does not build surveys here, or the project is closed
    """
    _refuse_to_begin(by, project, now)
    survey = Survey.objects.create(
        project=project,
        title=title,
        intro=template.intro if template else "",
        open_to=_first_open_to(project),
        template=template.name if template else "",
    )
    _write(survey, template.questions if template else ())
    return survey


def _first_open_to(project: Project) -> str:
    closed = project.open_to == Project.OpenTo.MEMBERS
    return Survey.OpenTo.MEMBERS if closed else Survey.OpenTo.OPEN


def _write(survey: Survey, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write questions; `shown_if` is the place of an earlier one among them."""
    refs = [uuid4() for _row in rows]
    questions = []
    for place, row in enumerate(rows):
        given = dict(row)
        asked = given.pop("shown_if", None)
        shown_if = None if asked is None else refs[asked]
        questions.append(
            Question(ref=refs[place], survey=survey, position=place, shown_if_id=shown_if, **given)
        )
    Question.objects.bulk_create(questions)


@transaction.atomic
def change_survey(*, by: Person, survey: Survey, now: datetime, **given: Any) -> None:
    """Change title, intro, who may answer, or the second language.

    :raises Refusal: it has been opened, or the speaker does not build surveys here
    """
    locked = _changing(by, survey, now)
    if given["open_to"] == Survey.OpenTo.OPEN and (
        survey.project.open_to == Project.OpenTo.MEMBERS
    ):
        message = _("This project is for members only. Others would not find the survey.")
        raise Refusal(message, field="open_to")
    for name in ("title", "intro", "open_to", "second", "texts"):
        setattr(locked, name, given[name])
    locked.save(update_fields=["title", "intro", "open_to", "second", "texts"])


@transaction.atomic
def add_question(*, by: Person, survey: Survey, now: datetime, **asked: Unpack[Asked]) -> Question:
    """Add a question, or a heading, at the end.

    :raises Refusal: the survey has been opened, or is too long for anyone to answer
    """
    locked = _changing(by, survey, now)
    last = locked.questions.order_by("-position").first()
    if locked.questions.count() >= MOST_QUESTIONS:
        raise Refusal(_("A survey has a hundred questions at most. Shorter is kinder."))
    position = last.position + 1 if last else 0
    return Question.objects.create(survey=locked, position=position, **asked)


@transaction.atomic
def change_question(
    *, by: Person, question: Question, now: datetime, **asked: Unpack[Asked]
) -> None:
    """Change a question.

    :raises Refusal: the survey has been opened, or the speaker does not build surveys here
    """
    _changing(by, question.survey, now)
    for name, value in asked.items():
        setattr(question, name, value)
    question.save(update_fields=list(asked))


@transaction.atomic
def move_question(*, by: Person, question: Question, where: Where, now: datetime) -> None:
    """Change places with the question before or behind; the first and the last stay.

    :raises Refusal: it would come before the question by which it is shown
    """
    survey = _changing(by, question.survey, now)
    rows = list(survey.questions.order_by("position"))
    place = next(n for n, each in enumerate(rows) if each == question)
    other = place - 1 if where == "up" else place + 1
    if not 0 <= other < len(rows):
        return
    earlier, later = sorted((rows[place], rows[other]), key=lambda each: each.position)
    if later.shown_if_id == earlier.ref:
        raise Refusal(_("One of these two is shown by an answer to the other. It has to follow."))
    earlier.position, later.position = later.position, earlier.position
    Question.objects.bulk_update([earlier, later], ["position"])


@transaction.atomic
def duplicate_question(*, by: Person, question: Question, now: datetime) -> Question:
    """Put the same question once more behind this one.

    :raises Refusal: the survey has been opened, or is too long for anyone to answer
    """
    survey = _changing(by, question.survey, now)
    if survey.questions.count() >= MOST_QUESTIONS:
        raise Refusal(_("A survey has a hundred questions at most. Shorter is kinder."))
    behind = survey.questions.filter(position__gt=question.position)
    behind.update(position=F("position") + 1)
    copy = Question.objects.get(ref=question.ref)
    copy.ref, copy.position = uuid4(), question.position + 1
    copy.save(force_insert=True)
    return copy


@transaction.atomic
def drop_question(*, by: Person, question: Question, now: datetime) -> None:
    """Take a question out.

    :raises Refusal: another one is shown by an answer to it
    """
    _changing(by, question.survey, now)
    if question.opens.exists():
        raise Refusal(_("Another question is shown by an answer to this one. Change that first."))
    question.delete()


@transaction.atomic
def drop_survey(*, by: Person, survey: Survey, now: datetime) -> None:
    """Throw away a survey that was never opened.

    :raises Refusal: it has been opened
    """
    locked = _changing(by, survey, now)
    locked.questions.filter(shown_if__isnull=False).update(shown_if=None, shown_keys=[])
    locked.delete()


@transaction.atomic
def copy_survey(*, by: Person, survey: Survey, now: datetime) -> Survey:
    """Begin a new survey with the questions of this one, to be changed.

    :raises Refusal: the speaker does not build surveys here, or the project is closed
    """
    _refuse_to_begin(by, survey.project, now)
    copied = ("intro", "open_to", "second", "texts", "template")
    title = _("Copy of %(title)s") % {"title": survey.title}
    longest = Survey._meta.get_field("title").max_length or 120
    made = Survey.objects.create(
        project=survey.project,
        title=title[:longest],
        **{name: getattr(survey, name) for name in copied},
    )
    rows = list(survey.questions.order_by("position"))
    place = {question.ref: number for number, question in enumerate(rows)}
    _write(made, [_copied(question, place) for question in rows])
    return made


def _copied(question: Question, place: Mapping[UUID, int]) -> dict[str, Any]:
    names = [name for name in Asked.__annotations__ if name != "shown_if"]
    shown_if = place[question.shown_if_id] if question.shown_if_id else None
    return {name: getattr(question, name) for name in names} | {"shown_if": shown_if}


def _refuse_to_begin(by: Person, project: Project, now: datetime) -> None:
    if not permissions.may_build(by, project, now=now):
        raise Refusal(_("Only an organiser can write a survey."))
    if project.state == Project.State.CLOSED:
        raise Refusal(_("This project is closed."))


def _changing(by: Person, survey: Survey, now: datetime) -> Survey:
    """Return the survey, locked, if the speaker may change it now.

    :raises Refusal: it has been opened, or they may not
    """
    rows = Survey.objects.select_for_update(no_key=True, of=("self",)).select_related("project")
    locked = rows.get(ref=survey.ref)
    if not permissions.may_build(by, locked.project, now=now):
        raise Refusal(_("Only an organiser can write a survey."))
    if not permissions.may_change(by, locked, now=now):
        raise Refusal(_("People have been asked this. To change it, make a copy."))
    return locked
