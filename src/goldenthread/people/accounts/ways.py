"""Other ways of signing in than by e-mail: rooms that have one register it here."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from goldenthread.people.accounts.models import Person

Known = Callable[[Person], "Iterable[Way]"]
_offered: list["Way"] = []
_known: list[Known] = []


@dataclass(frozen=True)
class Way:
    """A link to a way of signing in, or to what someone may do with theirs."""

    text: Any
    href: Any


def also_sign_in(way: Way) -> None:
    """Offer a way on the page on which people sign in."""
    _offered.append(way)


def on_account(known: Known) -> Known:
    """Register `known(person) -> ways` for the person's own account page."""
    _known.append(known)
    return known


def offered() -> list[Way]:
    """Return what stands beside the e-mail on the page on which people sign in."""
    return list(_offered)


def ways_of(person: Person) -> list[Way]:
    """Return what the person's own account page links to."""
    return [way for known in _known for way in known(person)]
