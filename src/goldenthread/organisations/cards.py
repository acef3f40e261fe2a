"""Members without e-mail: adding them, and the cards with which they sign in."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import events
from goldenthread.organisations.models import Membership, Organisation
from goldenthread.organisations.permissions import must_administer
from goldenthread.people.accounts import services as accounts
from goldenthread.people.accounts.models import Person
from goldenthread.people.keycards import queries as keycards
from goldenthread.people.keycards import services as keycards_services
from goldenthread.people.keycards.models import KeyCard
from goldenthread.thread.services import record


def without_address(organisation: Organisation) -> "QuerySet[Membership]":
    """Return the members to whom nobody can write, by name."""
    rows = Membership.objects.filter(organisation=organisation, person__email="")
    return rows.select_related("person").order_by("person__name", "ref")


@dataclass(frozen=True)
class Holder:
    """A member without an address, and the card they have or lack."""

    membership: Membership
    card: KeyCard | None
    works: bool


def holders_of(memberships: Sequence[Membership], *, now: datetime) -> list[Holder]:
    """Put each member beside their card. One query."""
    cards = keycards.cards_of([each.person for each in memberships])
    held = [(each, cards.get(each.person_id)) for each in memberships]
    return [Holder(each, card, keycards.works(card, now=now)) for each, card in held]


@transaction.atomic
def add_without_address(
    *, by: Person, organisation: Organisation, names: Sequence[str], now: datetime
) -> list[Membership]:
    """Add people of whom we know a name alone."""
    must_administer(by, organisation, now=now)
    today = clock.today(now)
    people = [accounts.welcome_without_address(name=name, now=now) for name in names]
    added = Membership.objects.bulk_create(
        Membership(organisation=organisation, person=person, joined_on=today) for person in people
    )
    record(events.ADDED, about=organisation.ref, facts={"people": len(added)}, now=now)
    return added


@transaction.atomic
def make_cards(
    *, by: Person, organisation: Organisation, refs: Sequence[Any], now: datetime
) -> list[tuple[UUID, str]]:
    """Make a card for each of these members; return their codes, which are kept nowhere.

    :raises Refusal: nobody was chosen, or somebody can sign in by e-mail or is suspended
    """
    must_administer(by, organisation, now=now)
    members = list(without_address(organisation).filter(ref__in=refs, suspended_on=None))
    if not members:
        raise Refusal(_("Choose at least one person."), field="people")
    had = keycards.cards_of([each.person for each in members])
    made = []
    for each in members:
        made.append((each.ref, keycards_services.make(person=each.person, now=now)))
        said = events.CARD_REPLACED if each.person_id in had else events.CARD_MADE
        record(said, about=each.ref, now=now)
    return made


@transaction.atomic
def withdraw_card(*, by: Person, membership: Membership, now: datetime) -> None:
    """Stop the card of a member, and sign out whoever came in with it.

    :raises Refusal: the member has an address: then the card is their own affair
    """
    must_administer(by, membership.organisation, now=now)
    if membership.person.email:
        raise Refusal(_("This person signs in with their e-mail. They stop their own card."))
    keycards_services.stop(person=membership.person, now=now)
    record(events.CARD_ENDED, about=membership.ref, now=now)
