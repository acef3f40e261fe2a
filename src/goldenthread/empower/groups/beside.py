"""What higher rooms show on the page of a group: they register it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from goldenthread.empower.groups.models import Group
from goldenthread.projects.speaker import Speaker


@dataclass(frozen=True)
class Section:
    """A part of the page: which template, and what stands in it."""

    template: str
    holds: Mapping[str, Any] = field(default_factory=dict)


Shows = Callable[..., Section]
_sections: list[Shows] = []


def shows(section: Shows) -> Shows:
    """Register `section(group, *, speaker, organises, now) -> Section`."""
    _sections.append(section)
    return section


def sections_of(group: Group, *, speaker: Speaker, organises: bool, now: datetime) -> list[Section]:
    """Return what stands on the page of this group, for this speaker."""
    return [section(group, speaker=speaker, organises=organises, now=now) for section in _sections]
