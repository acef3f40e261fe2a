"""What people can report: higher rooms say what stands behind a kind and a reference."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from goldenthread.projects.models import Project
from goldenthread.safety.reading.models import Words


@dataclass(frozen=True)
class Reportable:
    """One thing that people see: what it is, where it stands, and its words if it has some."""

    title: str
    href: str
    words: Words | None = None


Find = Callable[..., Reportable | None]
_finders: dict[str, Find] = {}


def reportable(kind: str) -> Callable[[Find], Find]:
    """Register `find(project, ref, *, visible_to, now) -> Reportable or None` for one kind."""

    def registered(find: Find) -> Find:
        _finders[kind] = find
        return find

    return registered


def found(
    kind: str, project: Project, ref: UUID, *, visible_to: Any, now: datetime
) -> Reportable | None:
    """Return what can be reported there by someone who may see it."""
    find = _finders.get(kind)
    return find(project, ref, visible_to=visible_to, now=now) if find else None
