"""A round in class: one question, hands go up, the teacher counts."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.rooms.events import ROUND_BEGUN, ROUND_COUNTED
from goldenthread.listen.rooms.models import Round
from goldenthread.listen.rooms.services.guards import refuse_unless_running
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, Strand
from goldenthread.thread.services import record


@transaction.atomic
def begin_round(
    *,
    by: Person,
    project: Project,
    question: str,
    answers: Sequence[tuple[str, str]],
    strand: Strand | None = None,
    now: datetime,
) -> Round:
    """Put a question with two to four answers before a class.

    :raises Refusal: the person does not run rooms here, or there are too few answers
    """
    refuse_unless_running(by, project, now=now)
    if project.state != Project.State.OPEN:
        raise Refusal(_("The project is not open. Nobody can be asked now."))
    if len(answers) < 2:  # noqa: PLR2004  a choice needs two
        raise Refusal(_("Give at least two answers to choose from."), field="text_2")
    asked = Round.objects.create(
        project=project,
        question=question,
        answers=[{"text": text, "picture": picture} for text, picture in answers],
        strand=strand,
        on=clock.today(now),
        by=by,
    )
    record(ROUND_BEGUN, about=asked.ref, project=project.ref, now=now)
    return asked


@transaction.atomic
def count_hands(*, by: Person, asked: Round, hands: Sequence[int], now: datetime) -> Round:
    """Keep how many hands went up for each answer, once: two counts could be compared.

    :raises Refusal: they were counted before, or a number is missing
    """
    refuse_unless_running(by, asked.project, now=now)
    found = Round.objects.select_for_update(no_key=True).get(pk=asked.pk)
    if found.hands:
        raise Refusal(_("The hands of this round were counted already."))
    if len(hands) != len(found.answers):
        raise Refusal(_("Type in a number for each answer. None is 0."))
    found.hands = list(hands)
    found.save(update_fields=["hands"])
    record(ROUND_COUNTED, about=found.ref, project=found.project_id, now=now)
    return found
