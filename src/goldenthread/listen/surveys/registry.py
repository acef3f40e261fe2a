"""What higher rooms offer to do with a gap that a survey shows: registered here, never imported."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from goldenthread.listen.surveys.models import Question, Survey
from goldenthread.projects.models import Project


@dataclass(frozen=True)
class Area:
    """What several scales ask about, as Workload: how it stands from 1 to 5, if that may be told.

    `number` is its place among the areas of the survey, from 0, by name.
    """

    survey: Survey
    number: int
    name: str
    score: float | None
    scales: tuple[Question, ...]
    words: tuple[Question, ...]  # the questions in words that belong to it


@dataclass(frozen=True)
class FollowUp:
    """A way on from an area."""

    text: str
    href: str


Offer = Callable[[Project, Area, Any, datetime], FollowUp | None]
follow_ups: list[
    Offer
] = []  # each (project, area, speaker, now) -> a link, or none for this speaker


def offered(project: Project, area: Area, speaker: Any, *, now: datetime) -> list[FollowUp]:
    """Return what this speaker can do about an area."""
    found = (offer(project, area, speaker, now) for offer in follow_ups)
    return [each for each in found if each is not None]
