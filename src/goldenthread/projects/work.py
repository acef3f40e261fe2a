"""What needs you: each room registers what it knows to wait for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import Count, QuerySet

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

Tone = Literal["overdue", "due", "quiet"]
Lister = Callable[..., "Iterable[Work]"]
_listers: list[Lister] = []


@dataclass(frozen=True)
class Work:
    """One line of what waits: words, where to do it, and whether it is late."""

    text: str
    href: str
    tone: Tone = "due"


def lists(lister: Lister) -> Lister:
    """Register `lister(person, projects, *, now) -> iterable of Work` (a few queries in all)."""
    _listers.append(lister)
    return lister


def by_project(rows: QuerySet[Any]) -> dict[UUID, int]:
    """Count rows by their project. One query."""
    counted = rows.order_by().values("project").annotate(n=Count("pk"))
    return {row["project"]: row["n"] for row in counted}


def work_for(person: Person, projects: list[Project], *, now: datetime) -> list[Work]:
    """Return everything that waits for `person`, late things first."""
    found = [work for lister in _listers for work in lister(person, projects, now=now)]
    return sorted(found, key=lambda work: ("overdue", "due", "quiet").index(work.tone))
