"""Fetching the person who is signed in, with what each page asks about them, in one query."""

from datetime import date
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from allauth.account.auth_backends import AuthenticationBackend

from goldenthread.kit import clock
from goldenthread.kit.written import Written, write_out
from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person

SOMEBODY: Final = UUID("00000000-0000-4000-8000-00000000beef")  # stands for whoever is asked about


class PersonBackend(AuthenticationBackend):  # type: ignore[misc]  # untyped library
    """Nobody signs in with a password: only sessions that our own flow began are looked up here."""

    def authenticate(self, request: Any, **credentials: Any) -> None:
        """Refuse: there are no passwords."""

    def get_user(self, user_id: UUID) -> Person | None:
        """Return the active person of that key."""
        asked = _written_out(clock.today(), second_factor.rules())
        return next(iter(Person.objects.raw(asked.sql, asked.filled(somebody=user_id))), None)


@lru_cache(maxsize=2)
def _written_out(_today: date, _rules: tuple[second_factor.Rows, ...]) -> Written:
    """Write the query out once for a day and its rules: what the facts ask about is of that day."""
    people = Person.objects.annotate(**second_factor.facts())
    return write_out(people.filter(is_active=True, pk=SOMEBODY).order_by(), somebody=SOMEBODY)
