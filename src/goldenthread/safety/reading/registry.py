"""What higher rooms put on the pages of readers, and what they do when words are decided on."""

from collections.abc import Callable, Iterable
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
Teller = Callable[..., Iterable[str]]
Asked = Callable[[Words], str]
Follow = Callable[[Words], None]
_linkers: list[Linker] = []
_tellers: list[Teller] = []
_asked: list[Asked] = []
_follow: list[Follow] = []


def item_links(linker: Linker) -> Linker:
    """Register `linker(words, *, now) -> ItemLink or None`, shown first on the item's page."""
    _linkers.append(linker)
    return linker


def links_for(words: Words, *, now: datetime) -> list[ItemLink]:
    """Return the links that other rooms give to these words."""
    found = (linker(words, now=now) for linker in _linkers)
    return [link for link in found if link is not None]


def beside_hints(teller: Teller) -> Teller:
    """Register `teller(*, now) -> sentences`, shown on the page of the lists of phrases."""
    _tellers.append(teller)
    return teller


def told_beside_hints(*, now: datetime) -> list[str]:
    """Return what other rooms know of how the lists do."""
    return [sentence for teller in _tellers for sentence in teller(now=now)]


def asked(teller: Asked) -> Asked:
    """Register `teller(words) -> sentence or ""`: what the words answer, shown above them."""
    _asked.append(teller)
    return teller


def asked_of(words: Words) -> str:
    """Return the question that these words answer; none if they answer none."""
    return next((said for teller in _asked if (said := teller(words))), "")


def decided(follow: Follow) -> Follow:
    """Register what follows in the same act when an author or a reader has dealt with words."""
    _follow.append(follow)
    return follow


def tell_decided(words: Words) -> None:
    """Let other rooms follow."""
    for follow in _follow:
        follow(words)
