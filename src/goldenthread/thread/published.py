"""What anyone may fetch of the record, up to the newest signed head: tiles, heads, proofs."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.utils.translation import gettext as _

from goldenthread.kit.text import say_day, say_week
from goldenthread.thread.events import all_declared, declared
from goldenthread.thread.merkle import tiles, tree
from goldenthread.thread.merkle.tiles import WIDTH, Place
from goldenthread.thread.models import Entry, HeldEntry, Node, SignedHead, Witness

AT_ONCE: Final = 16 * WIDTH  # entries a query when all are fetched
Facts = dict[str, str | int]
WITHHELD: Final = b"#"  # stands before the hash of an entry that is not published
PROOF: Final = "c2sp.org/tlog-proof@v1"


def newest() -> SignedHead | None:
    """Return the head that was signed last."""
    return SignedHead.objects.order_by("-size").first()


def heads(limit: int) -> list[SignedHead]:
    """Return the heads that were signed last, newest first."""
    return list(SignedHead.objects.order_by("-size")[:limit])


def head_of(size: int) -> SignedHead | None:
    """Return the head over so many entries."""
    return SignedHead.objects.filter(size=size).first()


def head_before(day: date) -> SignedHead | None:
    """Return the last head signed before a day: from that day on it is always the same."""
    return SignedHead.objects.filter(on__lt=day).order_by("-size").first()


def head_of_words(words: str) -> SignedHead | None:
    """Return the head with these four words, written as it has them."""
    return SignedHead.objects.filter(words=words).order_by("-size").first()


def witnesses() -> list[Witness]:
    """Return who keeps the record outside, in the order they began."""
    return list(Witness.objects.filter(until=None).order_by("since", "name"))


def tile(path: str) -> tuple[Place, bytes] | None:
    """Return a tile of the newest signed head; none when there is no such tile. Two queries."""
    try:
        place = tiles.read_place(path)
    except ValueError:
        return None
    head = newest()
    if head is None or not place.is_within(head.size):
        return None
    if place.entries:
        return place, b"".join(_bundles(place.start, place.start + place.width))
    return place, b"".join(_hashes(place))


def whole(size: int) -> Iterator[bytes]:
    """Return the first `size` entries, each after its length, a few thousand a query."""
    for start in range(0, size, AT_ONCE):
        yield from _bundles(start, min(start + AT_ONCE, size))


def _bundles(start: int, end: int) -> Iterator[bytes]:
    rows = Entry.objects.filter(seq__gte=start, seq__lt=end).order_by("seq")
    withheld = {event.name for event in all_declared() if event.confidential}
    yield tiles.bundle(
        WITHHELD + bytes(leaf).hex().encode() if kind in withheld else bytes(body)
        for kind, body, leaf in rows.values_list("kind", "body", "leaf")
    )


def _hashes(place: Place) -> list[bytes]:
    start, end = place.start, place.start + place.width
    if place.level == 0:
        rows = Entry.objects.filter(seq__gte=start, seq__lt=end).order_by("seq")
        return [bytes(leaf) for leaf in rows.values_list("leaf", flat=True)]
    level = tiles.HEIGHT * place.level
    places = [f"{level}/{index}" for index in range(start, end)]
    found = dict(Node.objects.filter(place__in=places).values_list("place", "hash"))
    return [bytes(found[each]) for each in places]


class Tree:
    """The tree under one head, read tile by tile, each once."""

    def __init__(self, size: int) -> None:
        self.size = size
        self._tiles: dict[tuple[int, int], list[bytes]] = {}

    def over(self, start: int, end: int) -> bytes:
        """Return the root over the leaves [start, end), as the proofs ask for it."""
        width = end - start
        if width & (width - 1):
            middle = start + (1 << (width - 1).bit_length() - 1)
            return tree.node_hash(self.over(start, middle), self.over(middle, end))
        level, rest = divmod(width.bit_length() - 1, tiles.HEIGHT)
        return tree.root_of(self._row(level, start >> (tiles.HEIGHT * level), 1 << rest))

    def _row(self, level: int, first: int, count: int) -> list[bytes]:
        index, at = divmod(first, WIDTH)
        if (level, index) not in self._tiles:
            there = (self.size >> (tiles.HEIGHT * level)) - index * WIDTH
            self._tiles[level, index] = _hashes(Place(level, index, min(WIDTH, there)))
        return self._tiles[level, index][at : at + count]


def proof_of(entry: Entry, head: SignedHead) -> str:
    """Prove that an entry is under a head: a file by C2SP tlog-proof, the entry in its `extra`."""
    path = tree.inclusion_proof(entry.seq, head.size, Tree(head.size).over)
    lines = [PROOF, f"extra {_text(entry.body)}", f"index {entry.seq}", *map(_text, path)]
    return "\n".join(lines) + f"\n\n{head.checkpoint}"


def _text(raw: bytes | memoryview) -> str:
    return base64.b64encode(bytes(raw)).decode()


@dataclass(frozen=True)
class Said:
    """One entry in words: what it says, and the day or week."""

    sentence: str
    when: str


def said_about(ref: UUID) -> list[Said]:
    """Tell everything that the record says of a thing, as it came; at most a hundred."""
    rows = Entry.objects.filter(about=ref).order_by("seq")
    return [
        Said(_(declared(kind).sentence), say_when(when))
        for kind, when in rows.values_list("kind", "week_or_day")[:100]
    ]


def say_when(when: str) -> str:
    """Write the day or the week of an entry as people say it."""
    if "W" in when:
        return say_week(date.fromisoformat(f"{when}-1"))
    return say_day(date.fromisoformat(when))


def facts_about(ref: UUID, kind: str) -> Facts:
    """Return the facts of an entry about a thing, also while it waits for the night."""
    if entry := entry_about(ref, kind):
        return _facts(json.loads(bytes(entry.body)))
    held = HeldEntry.objects.filter(about=ref, kind=kind).first()
    return dict(held.facts) if held else {}


def entry_about(ref: UUID, kind: str) -> Entry | None:
    """Return the entry of one kind about a thing."""
    return Entry.objects.filter(about=ref, kind=kind).order_by("seq").first()


def last_entries(refs: Iterable[UUID], kind: str) -> dict[UUID, tuple[str, Facts]]:
    """Return the day or week, and the facts, of the last entry of one kind about each thing."""
    rows = Entry.objects.filter(about__in=list(refs), kind=kind).order_by("seq")
    said = {about: json.loads(bytes(body)) for about, body in rows.values_list("about", "body")}
    return {ref: (str(each["when"]), _facts(each)) for ref, each in said.items()}


def _facts(said: dict[str, str | int]) -> Facts:
    return {name[5:]: said[name] for name in said if name.startswith("fact_")}
