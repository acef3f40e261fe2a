"""What rooms tell the thread about their own kinds, so that it can speak of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

Describe = Callable[..., Mapping[UUID, "Described"]]
_describers: dict[str, Describe] = {}


@dataclass(frozen=True)
class Described:
    """One thing in a sentence, where it can be read, and when (day or week, in words)."""

    title: str
    href: str = ""
    note: str = ""
    on: str = ""


def describes(kind: str) -> Callable[[Describe], Describe]:
    """Register `describe(refs, *, visible_to) -> {ref: Described}` for one kind, in bulk."""

    def registered(describe: Describe) -> Describe:
        _describers[kind] = describe
        return describe

    return registered


def describe(kind: str, refs: Iterable[UUID], *, visible_to: Any) -> Mapping[UUID, Described]:
    """Describe things of one kind; those that may not be seen are left out."""
    return _describers[kind](list(refs), visible_to=visible_to) if kind in _describers else {}
