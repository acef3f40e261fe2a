"""Fetching the person who is signed in, with what each page asks about them, in one query."""

from typing import Any
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped library
    """Nobody signs in with a password: only sessions that our own flow began are looked up here."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Refuse: there are no passwords."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Return the active person of that key."""
        people = Person.objects.annotate(**second_factor.facts())
        return people.filter(pk=user_id, is_active=True).first()
