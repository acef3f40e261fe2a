"""Whom to reach. Only support staff see numbers and addresses; e-mails only of those who help."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core import signing
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from goldenthread.people.contacts import envelopes
from goldenthread.people.contacts.models import Contact

FORGET = "contacts.forget"
ORDER = ("how", "ref")  # a random key: no order that says when they came


@dataclass(frozen=True)
class Reachable:
    """Someone to phone or to write to by hand."""

    ref: UUID
    how: str
    value: str
    wants_news: bool
    wants_to_help: bool

    @property
    def how_said(self) -> str:
        """How they want to be reached, in words."""
        return {
            Contact.How.EMAIL: _("By e-mail"),
            Contact.How.PHONE: _("By phone"),
            Contact.How.POST: _("By post"),
        }[Contact.How(self.how)]


def address_of(contact: UUID | None) -> str | None:
    """Return the e-mail of a contact; None if it is gone, or wants no mail."""
    if contact is None:
        return None
    found = Contact.objects.filter(ref=contact, how=Contact.How.EMAIL).first()
    return envelopes.open_up(found.sealed).value if found else None


def token_of(contact: UUID | None) -> str:
    """Return the token that forgets this contact, for the link in every mail."""
    return signing.dumps(str(contact), salt=FORGET)


def wanting_news(scope: UUID) -> QuerySet[Contact]:
    """Return the contacts of a project that asked for news by e-mail."""
    return Contact.objects.filter(scope=scope, how=Contact.How.EMAIL, wants_news=True)


def to_reach_by_hand(scope: UUID) -> QuerySet[Contact]:
    """Whom support staff phone or write to, to be paged by `ORDER`.

    News by e-mail goes out by itself; whoever wants to help waits for a person to write.
    """
    by_itself = Q(how=Contact.How.EMAIL, wants_to_help=False)
    return Contact.objects.filter(scope=scope).exclude(by_itself)


def opened(contacts: Iterable[Contact]) -> list[Reachable]:
    """Open what is sealed, for support staff alone."""
    return [_reachable(row) for row in contacts]


def _reachable(row: Contact) -> Reachable:
    value = envelopes.open_up(row.sealed).value
    return Reachable(row.ref, row.how, value, row.wants_news, row.wants_to_help)
