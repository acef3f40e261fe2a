"""Asking people about themselves, so that no answer can be joined to words or to a person."""

from datetime import datetime, timedelta
from random import SystemRandom
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.safety.consent.wordings import EQUALITY, today
from goldenthread.safety.equality import batches
from goldenthread.safety.equality.events import ABOUT_PEOPLE_ASKED, ABOUT_PEOPLE_NOT_ASKED
from goldenthread.safety.equality.models import Answer, Asked, Batch, Spent, Waiting
from goldenthread.safety.equality.permissions import may_choose
from goldenthread.safety.equality.queries import rows_of
from goldenthread.safety.equality.questions import questions_of
from goldenthread.thread.services import record

MOST_CROSSINGS = 2


@transaction.atomic
def choose(
    *, by: Person, project: Project, ask: bool, crossings: list[list[str]], now: datetime
) -> None:
    """Say whether a project asks about people, and which two questions it may ever cross.

    :raises Refusal: it is open already, asks children, or crosses what cannot be crossed
    """
    project = Project.objects.select_for_update(no_key=True).get(ref=project.ref)
    if not may_choose(by, project, now=now):
        raise Refusal(_("Only the people who prepare this project can choose this."))
    if project.state != Project.State.DRAFT:
        raise Refusal(_("What is asked, and what is crossed, is fixed before the project opens."))
    Asked.objects.filter(project=project).delete()
    if not ask:
        record(ABOUT_PEOPLE_NOT_ASKED, about=project.ref, project=project.ref, now=now)
        return
    _check(project, crossings)
    Asked.objects.create(project=project, crossings=crossings, since_on=clock.today(now))
    facts = {"crossings": len(crossings)}
    record(ABOUT_PEOPLE_ASKED, about=project.ref, project=project.ref, facts=facts, now=now)


def _check(project: Project, crossings: list[list[str]]) -> None:
    if project.for_under_18:
        raise Refusal(_("These questions are for adults. This project asks younger people."))
    known = {each.key for each in questions_of(project)}
    if len(crossings) > MOST_CROSSINGS or not all(set(pair) <= known for pair in crossings):
        raise Refusal(_("At most two pairs of questions can be crossed."))
    pairs = {frozenset(pair) for pair in crossings}
    if len(pairs) < len(crossings) or any(len(pair) != MOST_CROSSINGS for pair in pairs):
        raise Refusal(_("A pair is two different questions, and is named once."))


@transaction.atomic
def hold(
    *, project: Project, mark: bytes, answers: dict[str, str], agreed: int, now: datetime
) -> None:
    """Lock what one person answered under a statement; nothing is kept of who that was.

    :raises Refusal: they did not agree to today's statement, or the invitation was used before
    """
    _refuse_without_consent(answers, agreed)
    asked = Asked.objects.select_for_update(no_key=True).filter(project=project).first()
    if asked is None or asked.ended_on is not None:
        raise Refusal(_("This project does not ask about you."))
    _unused, fresh = Spent.objects.get_or_create(mark=mark, defaults={"on": clock.today(now)})
    if not fresh:
        raise Refusal(_("You have sent this already. Nothing was counted twice."))
    offered = {each.key: dict(each.offered) for each in questions_of(project)}
    said = {key: answer for key, answer in answers.items() if answer in offered.get(key, ())}
    if said:
        batch = _open_batch(project, agreed)
        Waiting.objects.create(batch=batch, sealed=batches.lock(batch.ref, said))


def _refuse_without_consent(answers: dict[str, str], agreed: int) -> None:
    """Take no answer without a clear yes to the statement that names them.

    :raises Refusal: there is none, or it was to another statement
    """
    if answers and not agreed:
        raise Refusal(_("Please tick this if we may use your answers."), field="agreed")
    if answers and agreed != today(EQUALITY).number:
        raise Refusal(_("We have changed this sentence. Please read it again."), field="agreed")


def _open_batch(project: Project, statement: int) -> Batch:
    """Return the batch that takes answers under this statement, with a key that is there."""
    keys = batches.keys()
    for batch in Batch.objects.filter(project=project, statement=statement):
        if batch.ref in keys:
            return batch
    batch = Batch.objects.create(project=project, statement=statement)
    batches.make_key(batch.ref)
    return batch


def mix_all(*, now: datetime) -> int:
    """Open every batch of ten and more, shuffle it, and destroy its key; how many were opened."""
    yesterday = clock.today(now) - timedelta(days=1)
    Spent.objects.filter(on__lt=yesterday).delete()
    opened = 0
    for ref in list(Batch.objects.values_list("ref", flat=True)):
        opened += _mix(ref)
    for orphan in batches.keys() - set(Batch.objects.values_list("ref", flat=True)):
        batches.destroy_key(orphan)
    return opened


@transaction.atomic
def _mix(ref: UUID) -> bool:
    batch = Batch.objects.select_related("project__organisation").filter(ref=ref).first()
    if batch is None:
        return False
    asked = Asked.objects.select_for_update(no_key=True).filter(project=batch.project_id).first()
    sealed = [bytes(each.sealed) for each in batch.waiting.all()]
    if asked is None or len(sealed) < SMALLEST:
        return False
    people = batches.unlock(ref, sealed)
    rows = [row for answers in people for row in rows_of(answers, asked.crossings)]
    SystemRandom().shuffle(rows)
    Answer.objects.bulk_create(
        Answer(project=batch.project, question=question, answer=answer) for question, answer in rows
    )
    _keep_statement(asked, batch)
    _destroy(batch)
    return True


def _keep_statement(asked: Asked, batch: Batch) -> None:
    """Keep to which statements people of the project agreed: of all, never of one."""
    if batch.statement not in asked.statements:
        asked.statements = sorted([*asked.statements, batch.statement])
        asked.save(update_fields=["statements"])


@transaction.atomic
def end(*, project: Project, now: datetime) -> None:
    """End the questions for good and let go of answers that never became ten.

    A release has counted how many they were. It happens once: whoever moves the days of listening
    afterwards can neither ask again nor have the same few counted once more.
    """
    asked = Asked.objects.select_for_update(no_key=True).filter(project=project).first()
    if asked is not None and asked.ended_on is None:
        asked.ended_on = clock.today(now)
        asked.save(update_fields=["ended_on"])
    for batch in Batch.objects.filter(project=project):
        if asked is not None and batch.waiting.exists():
            _keep_statement(asked, batch)
        _destroy(batch)


def _destroy(batch: Batch) -> None:
    ref = batch.ref
    batch.delete()
    transaction.on_commit(lambda: batches.destroy_key(ref))
