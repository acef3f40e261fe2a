"""What staff may do next with a thing on the thread: higher rooms offer it, pages show links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenthread.projects.speaker import Speaker

Offering = Callable[..., Iterable["Offer"]]
_offerings: list[Offering] = []


@dataclass(frozen=True)
class Offer:
    """One next step: its words and where it is done."""

    text: str
    href: str


def offers(offering: Offering) -> Offering:
    """Register `offering(kind, thing, speaker, *, now) -> offers`; nothing for who may not."""
    _offerings.append(offering)
    return offering


def offered(kind: str, thing: Any, speaker: Speaker, *, now: datetime) -> list[Offer]:
    """Return all that may be done next with this decision, action or change."""
    return [each for offering in _offerings for each in offering(kind, thing, speaker, now=now)]
