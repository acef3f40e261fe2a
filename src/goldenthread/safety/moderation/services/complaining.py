"""Complaints: acknowledged within thirty days, answered by a person."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import services as receipts
from goldenthread.safety.moderation import events, permissions
from goldenthread.safety.moderation.models import Complaint
from goldenthread.safety.reading import services as reading
from goldenthread.thread.services import hold, record

ACKNOWLEDGED_WITHIN: Final = timedelta(days=30)
MOST_A_DAY: Final = 100
NOT_YOURS: Final = gettext_lazy(
    "Only an administrator of this organisation answers its complaints."
)


@dataclass(frozen=True)
class Complained:
    """A complaint, and the code behind which its answer will stand: shown once."""

    complaint: Complaint
    code: str = field(repr=False)


@transaction.atomic
def complain(*, organisation: Organisation, about: str, text: str, now: datetime) -> Complained:
    """Take a complaint from anyone, and hand out a receipt for it.

    :raises Refusal: nothing is said, or a hundred came today
    """
    if not text.strip():
        raise Refusal(_("Please say what happened."), field="text")
    today = clock.today(now)
    if Complaint.objects.filter(organisation=organisation, received_on=today).count() >= MOST_A_DAY:
        raise Refusal(_("Very many complaints came today. Please try again tomorrow."))
    reading.refuse_receipts(text, field="text")
    issued = receipts.issue(scope=organisation.ref, now=now)
    made = Complaint.objects.create(
        organisation=organisation,
        about=about,
        text=text.strip(),
        receipt=issued.receipt,
        received_on=today,
        acknowledge_by=today + ACKNOWLEDGED_WITHIN,
    )
    hold(events.COMPLAINED, about=made.ref, facts={"about": str(about)}, now=now)
    return Complained(made, issued.code)


@transaction.atomic
def acknowledge(*, by: Person, complaint: Complaint, now: datetime) -> None:
    """Say that a person has read it and looks into it.

    :raises Refusal: not theirs, or acknowledged already
    """
    current = _taken(by, complaint, now)
    if current.acknowledged_on is not None:
        raise Refusal(_("This is acknowledged already."))
    current.acknowledged_on = clock.today(now)
    current.save(update_fields=["acknowledged_on"])
    record(events.COMPLAINT_ACKNOWLEDGED, about=current.ref, now=now)


@transaction.atomic
def answer(*, by: Person, complaint: Complaint, text: str, now: datetime) -> None:
    """Answer a complaint; the answer stands behind its receipt.

    :raises Refusal: not theirs, answered already, or nothing is said
    """
    current = _taken(by, complaint, now)
    if current.answered_on is not None:
        raise Refusal(_("This is answered already."))
    if not text.strip():
        raise Refusal(_("Please write your answer."), field="text")
    today = clock.today(now)
    current.acknowledged_on = current.acknowledged_on or today
    current.answer, current.answered_by, current.answered_on = text.strip(), by, today
    current.save()
    record(events.COMPLAINT_ANSWERED, about=current.ref, now=now)


def _taken(by: Person, complaint: Complaint, now: datetime) -> Complaint:
    current = (
        Complaint.objects.select_for_update(no_key=True, of=("self",))
        .select_related("organisation")
        .get(ref=complaint.ref)
    )
    if not permissions.may_answer_complaints(by, current.organisation, now=now):
        raise Refusal(NOT_YOURS)
    return current
