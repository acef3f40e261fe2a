"""What staff may do next with a thing on the thread: higher rooms offer it, pages show links."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenthread.projects.speaker import Speaker

Offering = Callable[..., Iterable["Offer"]]
Paper = Callable[..., "Offer | None"]
_offerings: list[Offering] = []
_papers: list[Paper] = []
_beside: list[Offering] = []


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


def paper(source: Paper) -> Paper:
    """Register `source(decision) -> offer or none`: what a decision was decided from."""
    _papers.append(source)
    return source


def papers_of(decision: Any) -> list[Offer]:
    """Return what a decision was decided from, for all who see it."""
    return [found for source in _papers if (found := source(decision)) is not None]


def beside(source: Offering) -> Offering:
    """Register `source(project, speaker, *, now) -> offers`: what stands beside the decisions."""
    _beside.append(source)
    return source


def beside_decisions(project: Any, speaker: Speaker, *, now: datetime) -> list[Offer]:
    """Return what stands beside the list of what was decided in a project."""
    return [each for source in _beside for each in source(project, speaker, now=now)]
