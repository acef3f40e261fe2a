"""What needs you: each room registers what it knows to wait for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from django.db.models import CharField, Count, QuerySet, Value

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


def by_project(**kinds: QuerySet[Any]) -> dict[str, dict[UUID, int]]:
    """Count rows of each kind by their project. One query for all kinds."""
    first, *others = [
        rows.order_by()
        .values("project")
        .annotate(n=Count("pk"), kind=Value(kind, output_field=CharField()))
        .values_list("kind", "project", "n")
        for kind, rows in kinds.items()
    ]
    found: dict[str, dict[UUID, int]] = {kind: {} for kind in kinds}
    for kind, project, number in first.union(*others, all=True) if others else first:
        found[kind][project] = number
    return found


def work_for(person: Person, projects: list[Project], *, now: datetime) -> list[Work]:
    """Return everything that waits for `person`, late things first."""
    found = [work for lister in _listers for work in lister(person, projects, now=now)]
    return sorted(found, key=lambda work: ("overdue", "due", "quiet").index(work.tone))
