"""Dates that lie ahead of a project: each room registers those it knows."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

Lister = Callable[..., "Iterable[Ahead]"]
_listers: list[Lister] = []


@dataclass(frozen=True)
class Ahead:
    """One day, what is on it, and where to read more."""

    day: date
    text: str
    href: str

    @property
    def said(self) -> str:
        """Say the day."""
        return say_day(self.day)


def dates(lister: Lister) -> Lister:
    """Register `lister(person, projects, *, now) -> iterable of Ahead` (a few queries in all)."""
    _listers.append(lister)
    return lister


def ahead_of(person: Person, projects: list[Project], *, now: datetime) -> list[Ahead]:
    """Return what lies ahead from today on, in order."""
    today = clock.today(now)
    found = [each for lister in _listers for each in lister(person, projects, now=now)]
    return sorted(
        (each for each in found if each.day >= today), key=lambda each: (each.day, each.text)
    )
