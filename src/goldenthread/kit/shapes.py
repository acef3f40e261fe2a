"""What the components take: small frozen shapes, or dictionaries with the same keys."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any


@dataclass(frozen=True, slots=True)
class Stage:
    """One of the four stages on the rail; state is done, now or next."""

    name: str
    key: str
    state: str
    note: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Crumb:
    """One step of the line above a heading; without href it is plain text."""

    text: str
    href: str = ""
    new_tab: bool = False


@dataclass(frozen=True, slots=True)
class HelpLine:
    """Someone to call or write to."""

    name: str
    number: str
    href: str = ""
    note: str = ""
    checked_on: date | None = None  # when somebody last made sure that it answers


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a summary list."""

    label: str
    value: object
    change_href: str = ""


@dataclass(frozen=True, slots=True)
class FilterOption:
    """One link of a filter."""

    text: str
    href: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class FilterGroup:
    """A question one can filter by, and its answers."""

    label: str
    options: Sequence[FilterOption] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class Work:
    """One line of what needs you; tone is overdue, due or quiet."""

    text: str
    href: str
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Cell:
    """A table cell that is a link."""

    text: object
    href: str = ""


def read(item: Any, name: str) -> Any:
    """Read a part of an object or a dictionary; a missing one is an error, never an empty place."""
    try:
        return item[name] if isinstance(item, dict) else getattr(item, name)
    except (KeyError, AttributeError):
        message = f"{type(item).__name__} given to a component lacks '{name}'"
        raise TypeError(message) from None


def read_or(item: Any, name: str, default: Any = "") -> Any:
    """Read a part that may be absent."""
    return item.get(name, default) if isinstance(item, dict) else getattr(item, name, default)


def need(items: Iterable[Any], *names: str) -> list[Any]:
    """Check that each item has the named parts."""
    checked = list(items)
    for item in checked:
        for name in names:
            read(item, name)
    return checked
