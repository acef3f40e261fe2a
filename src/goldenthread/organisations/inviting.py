"""For what an invitation may be: higher rooms register what they ask people to join."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from goldenthread.organisations.models import Organisation

Offers = Callable[..., Iterable["Purpose"]]
_offers: list[Offers] = []


@dataclass(frozen=True)
class Purpose:
    """What people are asked to take part in: what it asks, what can change, when they hear."""

    ref: UUID
    title: str
    question: str
    can_change: str
    hear_by: date | None
    debrief_on: date | None


def may_be_for(offers: Offers) -> Offers:
    """Register `offers(organisation) -> purposes` (two queries)."""
    _offers.append(offers)
    return offers


def purposes_of(organisation: Organisation) -> list[Purpose]:
    """Return what an invitation of this organisation may be for."""
    return [each for offers in _offers for each in offers(organisation)]


def purpose_of(invitation: Any) -> Purpose | None:
    """Return what an invitation is for, if it is for something that still runs."""
    if invitation.about is None:
        return None
    found = purposes_of(invitation.organisation)
    return next((each for each in found if each.ref == invitation.about), None)
