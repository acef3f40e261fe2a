"""What must be so before a project may listen, and before it may close."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, Self

from goldenthread.kit.text import Text
from goldenthread.projects.models import Project


class Missing(str):
    """A sentence of what is missing, with where to supply it and who must."""

    __slots__ = ("href", "may", "part", "who")
    href: str
    who: str
    part: str
    may: "May | None"  # to whom the page behind the link is there; none: to everyone

    def __new__(
        cls,
        sentence: Text,
        *,
        href: str = "",
        who: Text = "",
        part: str = "",
        may: "May | None" = None,
    ) -> Self:
        """Make the sentence; it is text wherever text is wanted."""
        missing = super().__new__(cls, sentence)
        missing.href, missing.who, missing.part, missing.may = href, str(who), part, may
        return missing

    def shown_to(self, speaker: Any, project: Project, *, now: datetime) -> "Missing":
        """Return it without its link for someone to whom that page is not there."""
        if self.may is None or self.may(speaker, project, now=now):
            return self
        return Missing(self, who=self.who, part=self.part)


May = Callable[..., bool]
Gate = Callable[..., Iterable[str]]
_to_open: list[Gate] = []
_to_close: list[Gate] = []
_more: list[Callable[[Any], Any]] = []


def may_open_when(gate: Gate) -> Gate:
    """Register `gate(project, *, now) -> sentences` (or `Missing`) of what is missing to listen."""
    _to_open.append(gate)
    return gate


def may_close_when(gate: Gate) -> Gate:
    """Register `gate(project, *, now) -> sentences` (or `Missing`) of what is missing to close."""
    _to_close.append(gate)
    return gate


def also_prepared(make: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """Register `make(prepared) -> Part` of what another room lets one prepare; none if nothing."""
    _more.append(make)
    return make


def more_parts(prepared: Any) -> list[Any]:
    """Return the parts of preparing that other rooms supply."""
    return [part for make in _more if (part := make(prepared)) is not None]


def missing_to_open(project: Project, *, now: datetime) -> list[Missing]:
    """Return every sentence that stands between the project and listening."""
    return _all(_to_open, project, now)


def missing_to_open_elsewhere(project: Project, own: Gate, *, now: datetime) -> list[Missing]:
    """Return what the other gates miss; the page of preparing has asked its `own` already."""
    return _all([gate for gate in _to_open if gate is not own], project, now)


def missing_to_close(project: Project, *, now: datetime) -> list[Missing]:
    """Return every sentence that stands between the project and its close."""
    return _all(_to_close, project, now)


def _all(gates: list[Gate], project: Project, now: datetime) -> list[Missing]:
    found = [sentence for gate in gates for sentence in gate(project, now=now)]
    return [each if isinstance(each, Missing) else Missing(each) for each in found]
