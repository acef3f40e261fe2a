"""Bringing a conversation in from elsewhere, all or nothing; its statements are read first."""

import secrets
from collections.abc import Callable, Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import keyed
from goldenthread.listen.conversations import events, permissions
from goldenthread.listen.conversations.incoming import Brought
from goldenthread.listen.conversations.models import Conversation, Participant, Statement
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.services import SLICE, hold_rows
from goldenthread.listen.voices.sheets import Row
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.queries import is_listening, why_not_listening
from goldenthread.thread.models import How
from goldenthread.thread.services import record, tie_all

_COPY = "copy conversations_stance (ref, participant_id, statement_id, value) from stdin"


@transaction.atomic
def import_conversation(
    *,
    by: Person | None,
    project: Project,
    brought: Brought,
    question: str,
    progress: Callable[[], None] = lambda: None,
    now: datetime,
) -> Conversation:
    """Hold statements and answers from an export; `by` is nobody when the operator does it.

    The conversation stays a draft until readers have read its statements and somebody opens it.
    Who answered there is nobody here: they get new random marks, and their numbers are not kept.

    :raises Refusal: the speaker does not facilitate here, the project does not listen, or the same
        files came before
    """
    if by is not None and not permissions.may_bring_in(by, project, now=now):
        raise Refusal(_("Only a facilitator can bring a conversation in."))
    if not is_listening(project, now=now):
        raise Refusal(why_not_listening(project, now=now))
    if not question.strip():
        raise Refusal(_("Say which question these statements answer."), field="question")
    batch = _batch(by, project, brought, now)
    made = Conversation.objects.create(
        project=project,
        question=question.strip()[:200],
        adding=False,
        made_on=clock.today(now),
        made_by=by,
    )
    statements = _statements(made, brought, batch, progress, now)
    people = _people(made, brought, progress)
    _answers(brought, people, statements)
    facts = {"statements": len(statements)}
    record(events.CONVERSATION_IMPORTED, about=made.ref, project=project.ref, facts=facts, now=now)
    return made


def _batch(by: Person | None, project: Project, brought: Brought, now: datetime) -> Batch:
    batch, new = Batch.objects.get_or_create(
        project=project,
        fingerprint=keyed("voices.batch", project.ref, brought.fingerprint.hex()),
        defaults={"by": by, "on": clock.today(now), "count": len(brought.statements)},
    )
    if not new:
        raise Refusal(_("These files were brought in before. Nothing was changed."))
    return batch


def _statements(
    made: Conversation,
    brought: Brought,
    batch: Batch,
    progress: Callable[[], None],
    now: datetime,
) -> dict[str, UUID]:
    """Hold the words as voices; return the reference of each statement by its number there."""
    numbers = list(brought.statements)
    found: dict[str, UUID] = {}
    for start in range(0, len(numbers), SLICE):
        part = numbers[start : start + SLICE]
        rows = [
            Row(
                words=brought.statements[number],
                kind=Voice.Kind.STATEMENT,
                asked=made.question,
                answers=made.ref,
            )
            for number in part
        ]
        voices = hold_rows(project=made.project, rows=rows, batch=batch, now=now)
        held = Statement.objects.bulk_create(
            Statement(conversation=made, voice=voice) for voice in voices
        )
        tie_all(
            ((("conversation", made.ref), ("voice", voice.ref)) for voice in voices),
            how=How.GROUPED,
            project=made.project_id,
        )
        found |= {number: each.ref for number, each in zip(part, held, strict=True)}
        progress()
    return found


def _people(made: Conversation, brought: Brought, progress: Callable[[], None]) -> list[UUID]:
    """Make a row with a random mark for each person, in the order of the votes."""
    people = [
        Participant(conversation=made, mark=secrets.token_bytes(32))
        for _number in brought.votes.participants
    ]
    Participant.objects.bulk_create(people, batch_size=2000)
    progress()
    return [each.ref for each in people]


def _answers(brought: Brought, people: list[UUID], statements: dict[str, UUID]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        for row in _rows(brought, people, statements):
            copy.write_row(row)


def _rows(
    brought: Brought, people: list[UUID], statements: dict[str, UUID]
) -> Iterator[tuple[UUID, UUID, UUID, int]]:
    votes = brought.votes
    refs = [statements[number] for number in votes.statements]
    pairs = zip(
        votes.who().tolist(), votes.matrix.indices.tolist(), votes.matrix.data.tolist(), strict=True
    )
    for who, what, value in pairs:
        yield uuid4(), people[who], refs[what], value
