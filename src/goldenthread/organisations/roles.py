"""Which roles someone holds in organisations today."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from goldenthread.kit import clock
from goldenthread.organisations.models import Organisation, Role
from goldenthread.people.accounts.second_factor import required_if_any

SECOND_FACTOR_ROLES = (Role.Name.ADMINISTRATOR, Role.Name.TREASURER)


def any_organisation() -> bool:
    """Return whether anything has begun here."""
    return Organisation.objects.exists()


def current_roles(*, today: date) -> "QuerySet[Role]":
    """Return the roles that hold today; a suspended member holds none."""
    return Role.objects.filter(
        Q(ends_on=None) | Q(ends_on__gte=today),
        starts_on__lte=today,
        membership__suspended_on=None,
    )


def roles_in(person: Any, organisation: Organisation, *, now: datetime) -> frozenset[str]:
    """Return the names of the roles the person holds in the organisation today."""
    held = _roles_held(person, now)
    return frozenset(name for ref, name in held if ref == organisation.ref)


def roles_anywhere(person: Any, *, now: datetime) -> frozenset[str]:
    """Return the names of all roles the person holds in any organisation today."""
    return frozenset(name for _, name in _roles_held(person, now))


def _roles_held(person: Any, now: datetime) -> frozenset[tuple[UUID, str]]:
    """One query a person and day, remembered on the person's object: it lives for one request."""
    if not person.is_member:
        return frozenset()
    known = person.__dict__.setdefault("_organisation_roles", {})
    today = clock.today(now)
    if today not in known:
        rows = current_roles(today=today).filter(membership__person=person)
        known[today] = frozenset(rows.values_list("membership__organisation_id", "name"))
    result: frozenset[tuple[UUID, str]] = known[today]
    return result


@required_if_any
def roles_with_second_factor(person: Any) -> "QuerySet[Role]":
    """Whoever administers or pays must sign in with a second factor."""
    return current_roles(today=clock.today()).filter(
        membership__person=person, name__in=SECOND_FACTOR_ROLES
    )
