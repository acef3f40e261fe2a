"""Giving and taking back consent, and the second look before words may be quoted."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.safety.consent import events, permissions, queries
from goldenthread.safety.consent.models import Consent, QuoteLook
from goldenthread.safety.consent.wordings import QUOTE, Version, today
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.services.taking import locked
from goldenthread.thread.services import hold, record

How = Consent.How
State = Words.State
GONE = (State.WITHDRAWN, State.REMOVED, State.UNPUBLISHED)


def refuse_other_version(purpose: str, number: int) -> Version:
    """Go on only with the statement that is shown today.

    :raises Refusal: the person read another one
    """
    wording = today(purpose)
    if wording.number != number:
        raise Refusal(_("We have changed this sentence. Please read it again."), field=purpose)
    return wording


@transaction.atomic
def give(*, words: Words, purpose: str, version: int, how: str, now: datetime) -> Consent:
    """Keep that an author agreed to a statement. The caller has checked that they are the author.

    :raises Refusal: another statement is shown today, or it is not asked here
    """
    wording = refuse_other_version(purpose, version)
    if purpose == QUOTE and not permissions.may_be_asked(words.project):
        raise Refusal(_("We do not quote what under-18s say."))
    current = locked(words)
    if current.state in GONE:
        raise Refusal(_("These words are not shown any more."))
    if there := queries.in_force(purpose, current).first():
        return there
    before = Consent.objects.filter(words=current, purpose=purpose).count()
    given = Consent.objects.create(
        words=current,
        purpose=purpose,
        version=wording.number,
        how=how,
        given_on=clock.today(now),
        round=before + 1,
    )
    _hold_given(given, words=current, now=now)
    return given


def _hold_given(given: Consent, *, words: Words, now: datetime) -> None:
    """Tell the record of quoting; who is known to the support team is nobody else's business."""
    if given.purpose == QUOTE:
        event = events.QUOTE_GIVEN if given.round == 1 else events.QUOTE_GIVEN_AGAIN
        facts = {"version": given.version, "round": given.round}
        hold(event, about=words.ref, project=words.project_id, facts=facts, now=now)


@transaction.atomic
def withdraw(*, words: Words, purpose: str, now: datetime) -> bool:
    """Take a consent back. The caller has checked that it is the author's. Says if there was one.

    It is never refused, whatever became of the words.
    """
    current = locked(words)
    given = queries.in_force(purpose, current).first()
    if given is None:
        return False
    given.withdrawn_on = clock.today(now)
    given.save(update_fields=["withdrawn_on"])
    if purpose == QUOTE:
        facts = {"round": given.round}
        about = {"about": current.ref, "project": current.project_id}
        hold(events.QUOTE_WITHDRAWN, **about, facts=facts, now=now)
    return True


@transaction.atomic
def look_again(*, by: Person, words: Words, seen: int, agreed: bool, now: datetime) -> QuoteLook:
    """Say, as a second reader, whether words may be quoted as they are shown.

    :raises Refusal: no other reader, changed or taken back meanwhile, or looked at already
    """
    current = locked(words)
    if not permissions.may_look_again(by, current.project, now=now):
        raise Refusal(_("Only a reader with ten readings behind them can do this."))
    if not permissions.may_agree_to_quote(by, current, now=now):
        raise Refusal(_("You released these words. Another reader must look at them."))
    if current.version != seen or not queries.waiting(pk=current.pk).exists():
        raise Refusal(_("This has changed meanwhile. Please look at the list again."))
    look = QuoteLook.objects.create(
        words=current, seen=seen, agreed=agreed, by=by, on=clock.today(now)
    )
    event = events.QUOTE_AGREED if agreed else events.QUOTE_REFUSED
    record(event, about=current.ref, project=current.project_id, now=now)
    return look
