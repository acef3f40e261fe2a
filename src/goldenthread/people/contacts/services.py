"""Keeping ways to reach people, apart from anything they said, and forgetting them."""

import secrets
from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.contacts import envelopes
from goldenthread.people.contacts.envelopes import Envelope
from goldenthread.people.contacts.events import CONTACTS_READ
from goldenthread.people.contacts.models import Contact, WaitingContact
from goldenthread.people.contacts.queries import FORGET
from goldenthread.people.contacts.wording import tidy
from goldenthread.thread import journal
from goldenthread.thread.journal import Act
from goldenthread.thread.services import record

Kept = tuple[UUID, bytes]
FORGOTTEN = "contact.forgotten"


@transaction.atomic
def leave(
    *,
    scope: UUID,
    how: str,
    value: str,
    wants_news: bool,
    wants_to_help: bool,
    now: datetime,
) -> None:
    """Seal a way to reach someone until the daily shuffle. Nothing says when or beside what.

    :raises Refusal: the address does not look like one, or nothing was ticked
    """
    del now  # no day, no time: they could be laid beside those of words
    if not (wants_news or wants_to_help):
        raise Refusal(_("Please tick what you would like."), field="wants_news")
    envelope = Envelope(how, tidy(how, value), wants_news, wants_to_help)
    WaitingContact.objects.create(scope=scope, sealed=envelopes.close(envelope))
    again = [short(envelopes.mark_of(scope, envelope))]  # whoever comes again is not forgotten
    transaction.on_commit(lambda: journal.take_out(FORGOTTEN, again))


@transaction.atomic
def look(*, scope: UUID, now: datetime) -> None:
    """Keep in the record that support staff opened the list of people to phone or write to."""
    record(CONTACTS_READ, about=scope, project=scope, now=now)


@transaction.atomic
def shuffle_in(*, now: datetime) -> int:
    """Keep all that waits: in random order, under fresh keys, in one transaction. Says how many.

    Whoever is known already keeps one contact a project; what they asked for adds up.
    """
    del now
    waiting = list(WaitingContact.objects.select_for_update(no_key=True, skip_locked=True))
    found = _by_mark((each.scope, envelopes.open_up(each.sealed)) for each in waiting)
    marks = [mark for _scope, mark in found]
    for each in Contact.objects.select_for_update(no_key=True).filter(mark__in=marks):
        _add(each, found.pop((each.scope, bytes(each.mark))))
    contacts = [_contact(scope, mark, envelope) for (scope, mark), envelope in found.items()]
    secrets.SystemRandom().shuffle(contacts)
    Contact.objects.bulk_create(contacts)
    WaitingContact.objects.filter(ref__in=[each.ref for each in waiting]).delete()
    return len(waiting)


@transaction.atomic
def forget(*, token: str, now: datetime) -> None:
    """Forget a contact by the link that stands in every mail; gone already, it stays gone.

    :raises Refusal: the link is not whole
    """
    try:
        ref = UUID(signing.loads(token, salt=FORGET))
    except (signing.BadSignature, ValueError, TypeError):
        raise Refusal(
            _("This link is not whole. Please open it from the mail again, or copy all of it.")
        ) from None
    for contact in Contact.objects.select_for_update(no_key=True).filter(ref=ref):
        gone = Act(FORGOTTEN, short(contact.mark), clock.today(now), contact.scope)
        journal.note([gone])
        contact.delete()


@transaction.atomic
def forget_again(*, marks: Collection[UUID]) -> int:
    """Forget contacts that a restored database holds again, those that wait too; says how many."""
    found = [each for each in Contact.objects.all().iterator() if short(each.mark) in marks]
    waiting = [
        each for each in WaitingContact.objects.all().iterator() if short(_mark_of(each)) in marks
    ]
    for each in [*found, *waiting]:
        each.delete()
    return len(found) + len(waiting)


def short(mark: bytes | memoryview) -> UUID:
    """The mark as the journal beside the database keeps it."""
    return UUID(bytes=bytes(mark)[:16])


def _mark_of(waiting: WaitingContact) -> bytes:
    return envelopes.mark_of(waiting.scope, envelopes.open_up(waiting.sealed))


def _by_mark(waiting: Iterable[tuple[UUID, Envelope]]) -> dict[Kept, Envelope]:
    found: dict[Kept, Envelope] = {}
    for scope, envelope in waiting:
        key = scope, envelopes.mark_of(scope, envelope)
        before = found.get(key, envelope)
        found[key] = replace(
            envelope,
            wants_news=envelope.wants_news or before.wants_news,
            wants_to_help=envelope.wants_to_help or before.wants_to_help,
        )
    return found


def _add(contact: Contact, envelope: Envelope) -> None:
    contact.wants_news = contact.wants_news or envelope.wants_news
    contact.wants_to_help = contact.wants_to_help or envelope.wants_to_help
    contact.save(update_fields=["wants_news", "wants_to_help"])


def _contact(scope: UUID, mark: bytes, envelope: Envelope) -> Contact:
    return Contact(
        ref=uuid4(),
        scope=scope,
        mark=mark,
        how=envelope.how,
        sealed=envelopes.close(envelope),
        wants_news=envelope.wants_news,
        wants_to_help=envelope.wants_to_help,
    )
