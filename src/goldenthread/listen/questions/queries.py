"""Reading quick questions: what is open, what was chosen, where an answer is owed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.listen.questions import locks
from goldenthread.listen.questions.counting import ALL
from goldenthread.listen.questions.models import Choice, Option, Question
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.queries import BoardFilter, board_filters
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_see
from goldenthread.projects.roles import held_by
from goldenthread.projects.speaker import Speaker
from goldenthread.projects.work import Does, Work, lists
from goldenthread.thread.registry import Described, describes

ORDER = ("-asked_on", "ref")
State = Question.State
OWED = (State.OPEN, State.ENDED)
ANSWER = (
    ProjectRole.Name.FACILITATOR,
    ProjectRole.Name.CO_LEAD,
    ProjectRole.Name.DECISION_MAKER,
)


def questions_of(project: Project) -> QuerySet[Question]:
    """Return every quick question of a project."""
    return Question.objects.filter(project=project)


def question_in(project: Project, ref: UUID) -> Question | None:
    """Return one question of a project, with what may be chosen. Two queries."""
    found = Question.objects.filter(project=project, ref=ref)
    return found.select_related("project__organisation").prefetch_related("options").first()


def is_taking(question: Question, *, now: datetime) -> bool:
    """Whether people can reply now; past its time nobody can, also before the round has come."""
    return question.state == State.OPEN and question.closes_at > now


def chosen_by(question: Question, mark: bytes) -> str:
    """Return which option stands under a mark, if any. One query."""
    found = Choice.objects.filter(question=question, mark=mark).values_list("sealed", flat=True)
    opened = locks.unlock(question.pk, [bytes(each) for each in found])
    return str(opened[0]) if opened else ""


@dataclass(frozen=True)
class Result:
    """What was chosen, in words: rows of an option and its number, and one sentence for all."""

    rows: list[tuple[str, str]]
    sentence: str


def result_of(question: Question) -> Result | None:
    """Return what may be told of the choices; none before the end, or without options."""
    options: list[Option] = list(question.options.all())
    if question.state == State.OPEN or not options:
        return None
    counted: Mapping[str, int | None] = question.counted
    if not counted:
        return Result([], _("Fewer than 10 people chose, so we show no numbers."))
    rows = [(option.text, _said(counted.get(str(n)))) for n, option in enumerate(options)]
    if whole := counted.get(ALL):
        return Result(rows, _("About %(all)s people chose.") % {"all": f"{whole:,}"})
    return Result(rows, _("We show no number below ten, and then not how many chose in all."))


def _said(number: int | None) -> str:
    if number is None:
        return _("fewer than 10")
    return _("about %(number)s") % {"number": f"{number:,}"}


@describes("question")
def describe_questions(refs: list[UUID], *, visible_to: Speaker) -> Mapping[UUID, Described]:
    """Describe quick questions: the question, and how it stands. One query."""
    found = Question.objects.filter(ref__in=refs).select_related("project")
    return {
        each.ref: Described(
            _("Quick question: %(text)s") % {"text": each.text},
            reverse("questions:question", args=[each.project.address, each.ref]),
            _note(each),
        )
        for each in found
        if may_see(visible_to, each.project, now=clock.now())
    }


def _note(question: Question) -> str:
    if question.answered_on:
        return _("Answered on %(day)s.") % {"day": say_day(question.answered_on)}
    if question.state == State.UNANSWERED:
        return _("Closed without an answer. The page says why.")
    return _("We answer by %(day)s.") % {"day": say_day(question.answered_until)}


def _no_options(project: Project, speaker: Speaker) -> list[tuple[str, str]]:
    """The pages of questions lead to their words on the board; the board itself costs no more."""
    del project, speaker
    return []


def _narrow(voices: QuerySet[Voice], project: Project, value: str) -> QuerySet[Voice]:
    try:
        ref = UUID(value)
    except ValueError:
        return voices.none()
    asked = Question.objects.filter(ref=ref, project=project)  # a room has a rule of its own
    return voices.filter(answers__in=asked.values("ref"))


board_filters.append(
    BoardFilter(
        "question",
        gettext_lazy("Quick question"),  # type: ignore[arg-type]  # said when it is shown
        _no_options,
        _narrow,
    )
)


def _ended(
    person: Person, projects: list[Project], *, now: datetime
) -> Iterator[QuerySet[Question]]:
    mine = {role.project_id for role in held_by(person, now=now) if role.name in ANSWER}
    refs = mine & {project.ref for project in projects}
    yield Question.objects.filter(project__in=refs, state=State.ENDED)


@lists(Does.ANSWER, when=_ended)
def answers_owed(person: Person, projects: list[Project], *, now: datetime) -> Iterator[Work]:
    """Name the questions that have ended and wait for their answer. One query."""
    (waiting,) = _ended(person, projects, now=now)
    for each in waiting.select_related("project").order_by("ended_on", "ref")[:20]:
        words: dict[str, Any] = {"text": each.text, "day": say_day(each.answered_until)}
        late = each.answered_until < clock.today(now)
        said = (
            _("Answer overdue since %(day)s: %(text)s")
            if late
            else _("Answer needed by %(day)s: %(text)s")
        )
        href = reverse("questions:question", args=[each.project.address, each.ref])
        yield Work(said % words, href, "overdue" if late else "due")
