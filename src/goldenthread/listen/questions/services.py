"""Asking a quick question, replying to it, ending it, and closing it with an answer or a reason."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from typing import Any, Final, Unpack
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import keyed
from goldenthread.listen.questions import locks
from goldenthread.listen.questions.counting import told
from goldenthread.listen.questions.events import (
    QUESTION_ANSWERED,
    QUESTION_ASKED,
    QUESTION_ENDED,
    QUESTION_LEFT,
)
from goldenthread.listen.questions.models import Choice, Option, Question
from goldenthread.listen.questions.permissions import may_ask, may_end
from goldenthread.listen.voices import services as voices
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import Said, Spoken
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see
from goldenthread.projects.speaker import Speaker
from goldenthread.thread.models import How
from goldenthread.thread.services import record, tie

State = Question.State
MOST_OPTIONS: Final = 4
LENGTHS: Final = {
    "4h": timedelta(hours=4),
    "1d": timedelta(days=1),
    "3d": timedelta(days=3),
    "7d": timedelta(days=7),
}


@transaction.atomic
def ask(
    *,
    by: Person,
    project: Project,
    text: str,
    happens_next: str,
    options: Iterable[str] = (),
    how_long: str,
    now: datetime,
) -> Question:
    """Ask everyone a question, from now on and for as long as is said.

    :raises Refusal: not theirs to ask, or something is missing
    """
    if not may_ask(by, project, now=now):
        raise Refusal(_("Only the people who run this project can ask, until it closes."))
    if not text.strip():
        raise Refusal(_("Write your question."), field="text")
    if not happens_next.strip():
        raise Refusal(_("Say what you will do with what people say."), field="happens_next")
    offered = list(dict.fromkeys(each.strip() for each in options if each.strip()))
    if len(offered) == 1 or len(offered) > MOST_OPTIONS:
        raise Refusal(_("Offer two to four answers to choose, or none."), field="options")
    question = Question.objects.create(
        project=project,
        text=text.strip(),
        happens_next=happens_next.strip(),
        asked_on=clock.today(now),
        asked_by=by,
        closes_at=now + LENGTHS[how_long],
    )
    Option.objects.bulk_create(
        Option(question=question, text=each, position=n) for n, each in enumerate(offered)
    )
    _open_door(question)
    record(QUESTION_ASKED, about=question.ref, project=project.ref, now=now)
    return question


@dataclass(frozen=True)
class Replied:
    """What someone replied: words that are held for a reader, a choice, or both."""

    spoken: Spoken | None
    chose: bool


def reply(
    *,
    by: Speaker,
    question: Question,
    form_key: UUID,
    browser: UUID,
    option: UUID | None = None,
    keep_receipt: bool = True,
    add_to_mine: bool = False,
    now: datetime,
    **said: Unpack[Said],
) -> Replied:
    """Take a choice, words, or both.

    The database does not tell what the author of words chose: each is written by itself, and
    choices are locked until they are counted. `browser` stands for a guest, who counts once.

    :raises Refusal: it has ended, nothing was chosen or said, or something has to be put right
    """
    has_words = bool(said.get("text", "").strip())
    if option is None and not has_words:
        raise Refusal(_("Choose an answer, or write something."), field="text")
    if option is not None and not Option.objects.filter(question=question, ref=option).exists():
        raise Refusal(_("Choose one of the answers."), field="option")
    spoken = None
    if has_words:
        how = {"form_key": form_key, "keep_receipt": keep_receipt, "add_to_mine": add_to_mine}
        spoken = _say(by, question, said, now, **how)
    if option is not None:
        _choose(by, question, option, browser, now)
    return Replied(spoken, chose=option is not None)


@transaction.atomic
def end(*, by: Person, question: Question, now: datetime) -> Question:
    """End a question before its time; an answer is owed from then on.

    :raises Refusal: not theirs to end
    """
    if not may_end(by, question.project, now=now):
        raise Refusal(_("Only the people who run this project can do this."))
    return _end(_locked(question), now)


def end_due(*, now: datetime) -> int:
    """End every question whose time is over; returns how many."""
    due = Question.objects.filter(state=State.OPEN, closes_at__lte=now)
    refs = list(due.values_list("ref", flat=True))
    for ref in refs:
        with transaction.atomic():
            _end(_locked(Question(ref=ref)), now)
    return len(refs)


def mix_choices(*, now: datetime) -> int:
    """Write the choices of open questions anew, each question's in one go and in no order.

    So neither the moment nor the place of a row goes on telling beside which words it was written.
    Keys that no open question needs are destroyed. Returns in how many questions.
    """
    waiting = Question.objects.filter(state=State.OPEN)
    for ref in locks.questions_with_keys() - set(waiting.values_list("ref", flat=True)):
        locks.destroy(ref)
    return sum(_mix(ref, now) for ref in list(waiting.values_list("ref", flat=True)))


@transaction.atomic
def close_without(*, by: Person, question: Question, because: str, now: datetime) -> Question:
    """Close a question that gets no answer, and say why; the reason is public.

    :raises Refusal: not theirs to close, no reason is given, or it is closed already
    """
    if not may_end(by, question.project, now=now):
        raise Refusal(_("Only the people who run this project can do this."))
    if not because.strip():
        raise Refusal(_("Say why there is no answer. People are waiting for it."), field="because")
    question = _end(_locked(question), now)
    _refuse_closed(question)
    question.state, question.because = State.UNANSWERED, because.strip()
    question.save(update_fields=["state", "because"])
    record(QUESTION_LEFT, about=question.ref, project=question.project_id, now=now)
    return question


@transaction.atomic
def note_answer(
    *, question: UUID, text: str, happens_next: str, signed_by: str, now: datetime
) -> Question:
    """Keep the answer that goes out, on the page of the question. The caller has checked who asks.

    :raises Refusal: it is closed already
    """
    found = _locked(Question(ref=question))
    _refuse_closed(found)
    found = _end(found, now)
    found.state, found.answered_on = State.ANSWERED, clock.today(now)
    found.answer, found.answer_next, found.answer_by = text, happens_next, signed_by
    found.save(update_fields=["state", "answer", "answer_next", "answer_by", "answered_on"])
    record(QUESTION_ANSWERED, about=found.ref, project=found.project_id, now=now)
    return found


def _as_answer(said: Said, question: Question) -> Said:
    """What the voice takes: the words, and what they answer."""
    asked: Said = {"kind": Voice.Kind.ANSWER, "asked": question.text, "answers": question.ref}
    return {**said, **asked}


def mark_of(by: Speaker, question: Question, browser: UUID) -> bytes:
    """Return the mark of one person or browser at one question: it leads to nothing else."""
    who = by.pk if isinstance(by, Person) else browser
    return keyed("questions.choice", question.pk, who)


def _open_door(question: Question) -> None:
    voices.open_door(
        ref=question.ref,
        project=question.project,
        way="questions",
        title=question.text[:120],
        path=_href(question),
        until=question.closes_at,
    )


def _href(question: Question) -> str:
    return reverse("questions:question", args=[question.project.address, question.ref])


@transaction.atomic
def _say(by: Speaker, question: Question, said: Said, now: datetime, **how: Any) -> Spoken:
    """Hold the words for a reader."""
    question = _locked(question)
    _refuse_ended(by, question, now)
    spoken = voices.speak(
        by=by, project=question.project, now=now, **how, **_as_answer(said, question)
    )
    ends = (("voice", spoken.voice.ref), ("question", question.ref))
    tie(*ends, how=How.GROUPED, project=question.project_id)
    return spoken


@transaction.atomic
def _choose(by: Speaker, question: Question, option: UUID, browser: UUID, now: datetime) -> None:
    """Count one choice, locked until the end; chosen again, the newest counts."""
    question = _locked(question)
    _refuse_ended(by, question, now)
    mark, sealed = mark_of(by, question, browser), locks.lock(question.pk, option)
    Choice.objects.bulk_create(
        [Choice(question=question, mark=mark, sealed=sealed)],
        update_conflicts=True,
        unique_fields=["question", "mark"],
        update_fields=["sealed"],
    )


@transaction.atomic
def _mix(ref: UUID, now: datetime) -> bool:
    question = _locked(Question(ref=ref))
    if question.state != State.OPEN or question.closes_at <= now:
        return False  # the end is near, and counts them
    rows = list(Choice.objects.filter(question=question))
    SystemRandom().shuffle(rows)
    Choice.objects.filter(question=question).delete()
    Choice.objects.bulk_create(
        Choice(question=question, mark=row.mark, sealed=row.sealed) for row in rows
    )
    return bool(rows)


def _counts(question: Question) -> list[int]:
    """Open what was chosen, and count it by the place of each option."""
    sealed = Choice.objects.filter(question=question).values_list("sealed", flat=True)
    chosen = Counter(locks.unlock(question.pk, [bytes(each) for each in sealed]))
    return [chosen[option.pk] for option in question.options.all()]


def _end(question: Question, now: datetime) -> Question:
    """Freeze what was chosen, forget the choices, and take the question off the project page."""
    if question.state == State.OPEN:
        question.counted = told(_counts(question))
        question.state, question.ended_on = State.ENDED, clock.today(now)
        question.save(update_fields=["counted", "state", "ended_on"])
        Choice.objects.filter(question=question).delete()
        transaction.on_commit(lambda: locks.destroy(question.pk))
        voices.close_door(ref=question.ref, leads_to=_href(question))
        record(QUESTION_ENDED, about=question.ref, project=question.project_id, now=now)
    return question


def _locked(question: Question) -> Question:
    rows = Question.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("project__organisation").get(pk=question.pk)


def _refuse_ended(by: Speaker, question: Question, now: datetime) -> None:
    if not may_see(by, question.project, now=now):
        raise Refusal(_("You cannot reply here."))
    if question.state != State.OPEN or question.closes_at <= now:
        raise Refusal(_("This question has ended. The answer will stand here."))


def _refuse_closed(question: Question) -> None:
    if not question.owes_answer:
        raise Refusal(_("This question is closed already."))
