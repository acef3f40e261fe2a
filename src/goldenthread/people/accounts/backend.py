"""Fetching the person who is signed in, with what each page asks about them, in one query."""

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import QuerySet

from goldenthread.kit import clock
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped library
    """Nobody signs in with a password: only sessions that our own flow began are looked up here."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Refuse: there are no passwords."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Return the active person of that key."""
        people = _people(clock.today(), second_factor.rules())
        return people.filter(pk=user_id).first()


@lru_cache(maxsize=2)
def _people(_today: date, _rules: tuple[second_factor.Rows, ...]) -> QuerySet[Person]:
    """Build the query once for a day and its rules: what the facts ask about is of that day."""
    return Person.objects.annotate(**second_factor.facts()).filter(is_active=True).order_by("pk")
