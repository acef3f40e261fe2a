"""Appeals of authors against a removal: decided by someone else within three working days."""

from datetime import date, datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import bank_holidays, clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.safety.moderation import events, permissions
from goldenthread.safety.moderation.models import Appeal
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.author import may_take_back
from goldenthread.safety.reading.models import Removal, Words
from goldenthread.thread.services import hold, record

WORKING_DAYS: Final = 3


@transaction.atomic
def appeal(*, words: Words, text: str, now: datetime) -> Appeal:
    """Take an author's appeal. The caller has checked that the words are theirs.

    :raises Refusal: nothing was taken down against their will, or they have appealed before
    """
    current = (
        Words.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project__organisation")
        .get(ref=words.ref)
    )
    if not may_appeal(current):
        raise Refusal(_("There is nothing here to appeal against, or you have done so already."))
    if not text.strip():
        raise Refusal(_("Please write something first."), field="text")
    reading.refuse_receipts(text, field="text")
    today = clock.today(now)
    due_on = working_days_after(today, nation=current.project.organisation.nation)
    made = Appeal.objects.create(words=current, text=text.strip(), asked_on=today, due_on=due_on)
    hold(events.APPEALED, about=current.ref, project=current.project_id, now=now)
    return made


@transaction.atomic
def decide_appeal(
    *, by: Person, appeal: Appeal, outcome: str, answer: str, now: datetime
) -> Appeal:
    """Decide on an appeal; overturned, the words are shown again as they were.

    :raises Refusal: not theirs to decide, decided already, or nothing is said
    """
    current = (
        Appeal.objects.select_for_update(no_key=True, of=("self",))
        .select_related("words__project")
        .get(ref=appeal.ref)
    )
    words = current.words
    removal = Removal.objects.filter(words=words).first()
    if not permissions.may_decide_appeal(by, words.project, removal, now=now):
        raise Refusal(_("Somebody who had no part in taking it down must decide on this."))
    if current.decided_on is not None or words.state != Words.State.REMOVED:
        raise Refusal(_("This has been decided already."))
    if outcome not in Appeal.Outcome.values:
        raise Refusal(_("Please choose what should happen."), field="outcome")
    if not answer.strip():
        raise Refusal(_("Please tell the author why, in your own words."), field="answer")
    if outcome == Appeal.Outcome.OVERTURNED:
        reading.put_back(by=by, words=words, now=now)
    current.outcome, current.answer = outcome, answer.strip()
    current.decided_by, current.decided_on = by, clock.today(now)
    current.save()
    facts = {"outcome": outcome}
    record(events.APPEAL_DECIDED, about=words.ref, project=words.project_id, facts=facts, now=now)
    return current


def may_appeal(words: Words) -> bool:
    """Return whether words were taken down against their author's will, and nobody appealed yet."""
    return was_taken_down(words) and not Appeal.objects.filter(words=words).exists()


def was_taken_down(words: Words) -> bool:
    """Return whether words were taken down, against their author's will, and are still there."""
    return words.state == Words.State.REMOVED and may_take_back(words)


def working_days_after(day: date, days: int = WORKING_DAYS, *, nation: str) -> date:
    """Return the day so many working days on; the bank holidays of the nation are none."""
    while days:
        day += timedelta(days=1)
        days -= bank_holidays.is_working_day(nation, day)
    return day
