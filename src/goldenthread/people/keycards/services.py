"""Writes: making and stopping cards, and letting people in with them."""

import hmac
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import MISSES_AN_HOUR, count_try, tries_so_far
from goldenthread.people.keycards import codes
from goldenthread.people.keycards.models import KeyCard, Number
from goldenthread.people.keycards.queries import MISSES, has_number, that_work
from goldenthread.people.receipts.codes import Code
from goldenthread.thread import journal
from goldenthread.thread.journal import Act

STOPPED: Final = "keycard.stopped"  # an act in the journal
LASTS: Final = timedelta(days=365)
A_DRAWER: Final = 10  # tries of codes in an hour
THE_SITE: Final = 60  # wrong codes in an hour; beyond, one try is let in every so many seconds
ONE_IN_SECONDS: Final = 15


@transaction.atomic
def make(*, person: Person, now: datetime) -> str:
    """Make a card for somebody without an address and return its code, which is kept nowhere.

    An old card stops at once, and so does whatever was opened with it. Whoever calls has asked
    who may.

    :raises Refusal: the person has an address: then nobody else prints their way in
    """
    if person.email:
        raise Refusal(_("This person signs in with their e-mail, and needs no card."))
    _stop(person, now)
    code, today = codes.new(), clock.today(now)
    KeyCard.objects.create(
        person=person,
        drawer=code.drawer,
        auth=codes.auth_of_code(code),
        made_on=today,
        ends_on=today + LASTS,
    )
    return str(code)


@transaction.atomic
def stop(*, person: Person, now: datetime) -> None:
    """Stop the card of somebody at once, and sign out whoever came in with it."""
    _stop(person, now)


@transaction.atomic
def stop_own(*, by: Person, now: datetime) -> None:
    """Stop one's own card, and sign out everywhere.

    :raises Refusal: there is no other way in
    """
    if not by.email:
        raise Refusal(_("Without your card you cannot come back. Add an e-mail address first."))
    _stop(by, now)


def _stop(person: Person, now: datetime) -> None:
    old = KeyCard.objects.select_for_update(no_key=True).filter(person=person).first()
    if old is None:
        return
    journal.note([Act(STOPPED, old.ref, clock.today(now))])  # also after a restore
    old.delete()
    person.set_unusable_password()  # never used to sign in: every session carries a hash of it
    person.save(update_fields=["password"])


def open_with(*, code: str, now: datetime) -> KeyCard:
    """Return the card of this code. Known and unknown drawers cost the same.

    Not one transaction: a failed try must stay counted though it is refused.

    :raises Refusal: not a code, no such card, it does not work any more, or too many tries
    """
    read = codes.normalise(code)
    _take_a_try(read, now)
    given = codes.auth_of_code(read)
    for card in that_work(now=now).filter(drawer=read.drawer):
        if hmac.compare_digest(bytes(card.auth), given):
            return card
    count_try("keycard missed", now=now)
    raise Refusal(
        _("We cannot find this card, or it has stopped. Please look at each letter again."),
        field="code",
    )


def _take_a_try(code: Code, now: datetime) -> None:
    if count_try("keycard", code.drawer, now=now) > A_DRAWER:
        raise Refusal(
            _("This card has been tried too often. Please wait an hour, then try again."),
            field="code",
        )
    if tries_so_far("keycard missed", "", now=now) >= THE_SITE:
        slot = int(now.timestamp()) // ONE_IN_SECONDS
        if count_try("keycard waiting room", slot, now=now) > 1:
            raise Refusal(
                _("Many cards are being tried just now. Please wait a minute, then try again."),
                field="code",
            )


def choose_number(*, card: UUID, number: str, now: datetime) -> Person:
    """Keep the six figures that somebody chose the first time, and return who they are.

    :raises Refusal: too easy to guess, chosen before, or the card has stopped
    """
    found = _working(card, now)
    if codes.too_easy(number):
        raise Refusal(
            _("These six numbers are too easy to guess. Please choose others."), field="number"
        )
    try:
        with transaction.atomic():
            auth = codes.auth_of_number(number, of=found.person_id)
            Number.objects.create(person=found.person, auth=auth)
    except IntegrityError:
        raise Refusal(_("Someone has chosen six numbers for this card already.")) from None
    return found.person


def let_in(*, card: UUID, number: str, now: datetime) -> Person:
    """Return who holds the card, if they know the six figures. Counted before it is tried.

    :raises Refusal: not the right figures, or the card has stopped
    """
    found = _working(card, now)
    if not that_work(now=now).filter(ref=card).update(misses=F("misses") + 1):
        raise Refusal(_has_stopped())
    if not _is_right(found.person_id, number):
        left = MISSES - KeyCard.objects.values_list("misses", flat=True).get(ref=card)
        raise Refusal(_missed(left), field="number")
    KeyCard.objects.filter(ref=card).update(misses=0)
    return found.person


def prove(*, by: Person, number: str, now: datetime) -> None:
    """Ask somebody who is signed in for their six figures again.

    :raises Refusal: not the right ones, or missed too often within the hour
    """
    if count_try("keycard number", by.ref, now=now) > MISSES_AN_HOUR:
        raise Refusal(_("That was too many tries. Wait an hour, then try again."), field="number")
    if not (has_number(by) and _is_right(by.ref, number)):
        raise Refusal(_("These are not your six numbers. Please try again."), field="number")


def _is_right(person: UUID, number: str) -> bool:
    kept = bytes(Number.objects.values_list("auth", flat=True).get(person=person))
    return hmac.compare_digest(kept, codes.auth_of_number(number, of=person))


def _working(card: UUID, now: datetime) -> KeyCard:
    found = that_work(now=now).filter(ref=card).select_related("person").first()
    if found is None:
        raise Refusal(_has_stopped())
    return found


def _has_stopped() -> str:
    return _("This card has stopped. Ask the people who gave it to you for a new one.")


def _missed(left: int) -> str:
    if left <= 0:
        return _has_stopped()
    sentence = ngettext(
        "These are not your six numbers. You can try once more.",
        "These are not your six numbers. You can try %(n)s more times.",
        left,
    )
    return sentence % {"n": left}
