"""Finding cards, and which work."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.people.keycards.models import KeyCard, Number

MISSES = 10  # wrong numbers in a row; then the card is blocked until there is a new one


def that_work(*, now: datetime) -> "QuerySet[KeyCard]":
    """Return the cards that open today."""
    return KeyCard.objects.filter(
        ends_on__gte=clock.today(now), misses__lt=MISSES, person__is_active=True
    )


def works(card: KeyCard | None, *, now: datetime) -> bool:
    """Return whether there is a card and it opens today."""
    return card is not None and card.ends_on >= clock.today(now) and card.misses < MISSES


def cards_of(people: Iterable[Any]) -> dict[UUID, KeyCard]:
    """Return the card of each of these people, whether it works or not; one query."""
    return {card.person_id: card for card in KeyCard.objects.filter(person__in=people)}


def card_of(person: Person) -> KeyCard | None:
    """Return the card of a person, whether it works or not."""
    return KeyCard.objects.filter(person=person).first()


def has_number(person: Any) -> bool:
    """Return whether somebody has chosen six figures."""
    return Number.objects.filter(person=person).exists()


def number_stands_for(card: UUID) -> bool:
    """Return whether the owner of a card has chosen six figures."""
    owner = KeyCard.objects.filter(ref=card).values("person")
    return Number.objects.filter(person__in=owner).exists()
