"""What a paper is made of. Data only: drawn as a page, as one file, and as PDF."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Table:
    """A table of a paper."""

    caption: str
    headers: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Section:
    """A heading, what stands under it, and what is still to be filled in."""

    heading: str
    says: Sequence[str] = ()
    table: Table | None = None
    gaps: Sequence[str] = ()


@dataclass(frozen=True)
class Paper:
    """One paper of the pack."""

    slug: str
    title: str
    about: str
    sections: Sequence[Section] = field(default_factory=tuple)

    @property
    def gaps(self) -> int:
        """How many places are still to be filled in."""
        return sum(len(section.gaps) for section in self.sections)


def said_or_gap(heading: str, said: Any, gap: str) -> Section:
    """A section that says what the settings say, or what is missing in them."""
    return Section(heading, [str(said)]) if said else Section(heading, gaps=[gap])


def not_set() -> str:
    """What a cell holds that nobody has filled in."""
    return _("To fill in")
