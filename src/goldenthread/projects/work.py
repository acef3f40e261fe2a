"""What needs you: each room registers what it knows to wait for a person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Literal
from uuid import UUID

from django.db.models import CharField, Count, IntegerField, QuerySet, Value

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project

Tone = Literal["overdue", "due", "quiet"]
Lister = Callable[..., "Iterable[Work]"]
Probe = Callable[..., Iterable[QuerySet[Any]]]


class Does(StrEnum):
    """What is to be done about something that waits."""

    READ = "read"
    LOOK_AFTER = "look-after"
    ANSWER = "answer"
    TELL = "tell"
    DECIDE = "decide"
    GROUP = "group"
    CARRY_OUT = "carry-out"
    MEET = "meet"
    PREPARE = "prepare"
    FINISH = "finish"


@dataclass(frozen=True)
class Work:
    """One line of what waits: words, where to do it, and whether it is late."""

    text: str
    href: str
    tone: Tone = "due"
    n: int = 1  # how many things the line is about
    does: Does | None = None


_listers: list[tuple[Does, Lister, Probe | None]] = []


def lists(does: Does, *, when: Probe | None = None) -> Callable[[Lister], Lister]:
    """Register `lister(person, projects, *, now) -> iterable of Work`: one query, if it can be.

    `when`, called alike, returns rows without which nothing waits. All rooms are asked for theirs
    in one query, and only those that have some are asked what it is.
    """

    def registered(lister: Lister) -> Lister:
        _listers.append((does, lister, when))
        return lister

    return registered


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
    some = _with_rows(person, projects, now)
    found = [
        replace(work, does=does)
        for at, (does, lister, _when) in enumerate(_listers)
        if at in some
        for work in lister(person, projects, now=now)
    ]
    return sorted(found, key=lambda work: ("overdue", "due", "quiet").index(work.tone))


def _with_rows(person: Person, projects: list[Project], now: datetime) -> set[int]:
    """Return which listers, by their place, are worth asking. One query."""
    first, *others = [
        rows.order_by().annotate(lister=Value(at, IntegerField())).values_list("lister")[:1]
        for at, (_does, _lister, when) in enumerate(_listers)
        if when is not None
        for rows in when(person, projects, now=now)
    ]
    always = {at for at, (_does, _lister, when) in enumerate(_listers) if when is None}
    return always | {at for (at,) in first.union(*others, all=True)}
