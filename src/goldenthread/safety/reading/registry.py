"""What higher rooms put on the page where words are read: links, nothing more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from goldenthread.safety.reading.models import Words


@dataclass(frozen=True)
class ItemLink:
    """One more thing a reader can do with the words they have open."""

    text: str
    href: str
    note: str = ""


Linker = Callable[..., ItemLink | None]
_linkers: list[Linker] = []


def item_links(linker: Linker) -> Linker:
    """Register `linker(words, *, now) -> ItemLink or None`, shown first on the item's page."""
    _linkers.append(linker)
    return linker


def links_for(words: Words, *, now: datetime) -> list[ItemLink]:
    """Return the links that other rooms give to these words."""
    found = (linker(words, now=now) for linker in _linkers)
    return [link for link in found if link is not None]
