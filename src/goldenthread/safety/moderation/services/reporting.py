"""Reporting what people can see, and deciding on it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.models import Project
from goldenthread.projects.rota import due_after
from goldenthread.safety.moderation import events, permissions, policy
from goldenthread.safety.moderation.models import Report
from goldenthread.safety.moderation.registry import Reportable
from goldenthread.safety.reading import services as reading
from goldenthread.thread.services import hold, record

MOST_A_DAY: Final = 200  # reports of one project: beyond that it is no person
LONGEST: Final = 1000
Outcome = Report.Outcome
HIDES: Final = (Outcome.MASKING, Outcome.SECOND)


@dataclass(frozen=True)
class Reported:
    """A report, and the code behind which its outcome will stand: shown once."""

    report: Report
    code: str = field(repr=False)


@transaction.atomic
def report(
    *,
    project: Project,
    kind: str,
    about: UUID,
    thing: Reportable,
    because: str,
    note: str = "",
    now: datetime,
) -> Reported:
    """Take a report from anyone, with an account or without, and hand out a receipt for it.

    :raises Refusal: no such reason, or hundreds came today
    """
    if because not in policy.REASONS:
        raise Refusal(_("Please choose what is wrong."), field="because")
    today = clock.today(now)
    if Report.objects.filter(project=project, received_on=today).count() >= MOST_A_DAY:
        raise Refusal(_("Very many reports came today. Please try again tomorrow, or phone us."))
    reading.refuse_receipts(note, field="note")
    issued = receipts.issue(scope=project.ref, now=now)
    made = Report.objects.create(
        project=project,
        kind=kind,
        about=about,
        words=thing.words,
        because=because,
        note=note.strip()[:LONGEST] or None,
        receipt=issued.receipt,
        received_on=today,
        due_at=due_after(project, now=now),
    )
    facts = {"because": because}
    hold(events.REPORTED, about=made.ref, project=project.ref, facts=facts, now=now)
    return Reported(made, issued.code)


@transaction.atomic
def decide(*, by: Person, report: Report, outcome: str, because: str = "", now: datetime) -> Report:
    """Decide on everything that was reported about the same thing.

    :raises Refusal: no reader, decided already, or the outcome does not fit
    """
    if not permissions.may_decide(by, report.project, now=now):
        raise Refusal(_("Only a reader of this project can do this."))
    waiting = Report.objects.select_for_update(no_key=True).filter(
        project=report.project, kind=report.kind, about=report.about, decided_on=None
    )
    same = list(waiting)
    if not same:
        raise Refusal(_("This has been decided already."))
    if outcome not in outcomes_for(report):
        raise Refusal(_("Please choose what should happen."), field="outcome")
    _act(by=by, report=report, outcome=outcome, because=because, now=now)
    for each in same:
        each.outcome, each.decided_by = outcome, by
        each.decided_on = clock.today(now)
        each.save(update_fields=["outcome", "decided_by", "decided_on"])
        facts = {"outcome": outcome}
        record(events.REPORT_DECIDED, about=each.ref, project=each.project_id, facts=facts, now=now)
    return next(each for each in same if each.ref == report.ref) if report in same else same[0]


def outcomes_for(report: Report) -> list[str]:
    """Return what can be decided: people's words are hidden or kept, other texts put right."""
    if report.words_id is None:
        return [Outcome.KEPT, Outcome.PUT_RIGHT]
    return [Outcome.KEPT, *HIDES, Outcome.REMOVAL]


def _act(*, by: Person, report: Report, outcome: str, because: str, now: datetime) -> None:
    words = report.words
    if words is None or outcome == Outcome.KEPT:
        return
    if outcome == Outcome.REMOVAL:
        reading.ask_to_remove(by=by, words=words, because=because, now=now)
    elif words.state == words.State.RELEASED:
        second = outcome == Outcome.SECOND
        reading.hide(by=by, words=words, until_second_reader=second, now=now)
