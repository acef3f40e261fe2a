"""What must be so before a project may listen, and before it may close."""

from collections.abc import Callable, Iterable
from datetime import datetime

from goldenthread.projects.models import Project

Gate = Callable[..., Iterable[str]]
_to_open: list[Gate] = []
_to_close: list[Gate] = []


def may_open_when(gate: Gate) -> Gate:
    """Register `gate(project, *, now) -> sentences` of what is missing before listening."""
    _to_open.append(gate)
    return gate


def may_close_when(gate: Gate) -> Gate:
    """Register `gate(project, *, now) -> sentences` of what is missing before closing."""
    _to_close.append(gate)
    return gate


def missing_to_open(project: Project, *, now: datetime) -> list[str]:
    """Return every sentence that stands between the project and listening."""
    return [sentence for gate in _to_open for sentence in gate(project, now=now)]


def missing_to_close(project: Project, *, now: datetime) -> list[str]:
    """Return every sentence that stands between the project and its close."""
    return [sentence for gate in _to_close for sentence in gate(project, now=now)]
