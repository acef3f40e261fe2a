"""Which key signed which heads: the changes that the record names, in their order."""

import json
from dataclasses import dataclass

from goldenthread.thread.events import KEY_CHANGED
from goldenthread.thread.keys import is_signed_by_both, origin, public_key
from goldenthread.thread.merkle.notes import Key
from goldenthread.thread.models import Entry


@dataclass(frozen=True)
class Change:
    """One change of the key: after so many entries, from which to which."""

    seq: int
    old: bytes
    new: bytes
    is_signed: bool  # by both


def changes() -> list[Change]:
    """Return every change that the record names, the first one first. One query."""
    rows = Entry.objects.filter(kind=KEY_CHANGED.name).order_by("seq")
    return [_read(seq, bytes(body)) for seq, body in rows.values_list("seq", "body")]


def _read(seq: int, body: bytes) -> Change:
    said = json.loads(body)
    facts = {name: said[f"fact_{name}"] for name in KEY_CHANGED.facts}
    old, new = bytes.fromhex(facts["old"]), bytes.fromhex(facts["new"])
    return Change(seq, old, new, is_signed_by_both(facts))


def current() -> bytes | None:
    """Return the key that the record names last; none when it was never changed."""
    found = changes()
    return found[-1].new if found else None


def key_at(size: int, found: list[Change]) -> Key:
    """Return the key that signed the head over `size` entries."""
    for change in found:
        if size <= change.seq:
            return Key(origin(), change.old)
    return Key(origin(), found[-1].new) if found else public_key()
