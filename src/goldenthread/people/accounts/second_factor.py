"""Who needs a second factor, and who has one. Rooms that give sharp roles register here."""

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import BooleanField, Exists, OuterRef, QuerySet, Value

from goldenthread.people.accounts.models import Person

GOING = "second_factor_next"  # key in the session: where someone was going who must set one up
WAIVED = "second_factor_waived"  # key in the session of someone trying out the worked example
Rows = Callable[[Any], "QuerySet[Any]"]
_required_rows: list[Rows] = []
_waived_while: list[Callable[[], bool]] = []


def required_if_any(rows: Rows) -> Rows:
    """Register `rows(person) -> QuerySet`: any row means yes. Costs no query of its own.

    It is joined to the query that fetches the person, so `person` may be an `OuterRef`.
    """
    _required_rows.append(rows)
    return rows


def waived_while(holds: Callable[[], bool]) -> Callable[[], bool]:
    """Register when a waiver may count at all: while the worked example is loaded."""
    _waived_while.append(holds)
    return holds


def rules() -> tuple[Rows, ...]:
    """Return what is registered: whatever is built from it stands for these alone."""
    return tuple(_required_rows)


def facts() -> dict[str, Any]:
    """Return what is fetched along with a person: have they a second factor, do they need one."""
    outer = OuterRef("pk")
    needs: Any = Value(False, output_field=BooleanField())
    for rows in _required_rows:
        needs = needs | Exists(rows(outer))
    return {
        "_has_second_factor": Exists(
            Authenticator.objects.filter(user=outer).exclude(type="recovery_codes")
        ),
        "_needs_second_factor": needs,
    }


def has_second_factor(person: Person) -> bool:
    """Return whether the person has an authenticator app or a passkey."""
    return bool(_fact(person, "_has_second_factor"))


def needs_second_factor(person: Person) -> bool:
    """Return whether a role of theirs asks for a second factor."""
    return bool(_fact(person, "_needs_second_factor"))


def _fact(person: Person, name: str) -> bool:
    """Read what came along with the person, or fetch it; a lazy `request.user` passes it on."""
    if not hasattr(person, name):
        fetched = Person.objects.annotate(**facts()).get(pk=person.pk)
        for fact in facts():
            setattr(person, fact, getattr(fetched, fact))
    return bool(getattr(person, name))


def may_be_waived() -> bool:
    """Return whether people may go without it: in development, while the example is loaded."""
    return bool(settings.DEV) and any(holds() for holds in _waived_while)
