"""Binding what people read: the entry of the act that shows a text holds a salted seal of it.

The salt is kept beside the text and goes with it; without the salt a seal says nothing.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import rfc8785

from goldenthread.thread.verifying import Counted, Facts, Fault, Seen

SALT: Final = 32  # bytes
UNBOUND: Final = Counted(
    "unbound",
    "Shown before the record held seals of what people read, so it does not tell whether the "
    "text was changed: {number}.",
)


def new_salt() -> bytes:
    """Return a salt for one text."""
    return secrets.token_bytes(SALT)


def seal_of(tag: str, salt: bytes | memoryview | None, said: Mapping[str, Any]) -> str:
    """Return HMAC-SHA256 under the salt of a text as canonical JSON (RFC 8785); none without."""
    if not salt:
        return ""
    body = rfc8785.dumps({"tag": tag, "v": 1, **said})
    return hmac.digest(bytes(salt), body, hashlib.sha256).hex()


@dataclass(frozen=True)
class Text:
    """A text as it stands now. `is_shown` is none where an entry does not tell whether it is."""

    ref: UUID
    seal: str
    is_shown: bool | None = True


def compare(
    name: str, texts: Iterable[Text], said: Mapping[UUID, Facts]
) -> Iterator[Fault | Counted]:
    """Hold texts of one kind to the last entry that shows each; `name` is that of the kind."""
    missing = set(said)
    for text in texts:
        missing.discard(text.ref)
        entry = said.get(text.ref)
        if text.is_shown is not None and text.is_shown != (entry is not None):
            stands = "is shown" if text.is_shown else "is not shown any more"
            sentence = f"The {name} {text.ref} {stands}, and no entry says so."
            yield Fault("unsaid", sentence, text.ref)
        elif entry is not None:
            yield from _sealed(name, text, entry)
    for ref in sorted(missing):
        yield Fault("deleted", f"The {name} {ref} is gone, and no entry says why.", ref)


def _sealed(name: str, text: Text, entry: Facts) -> Iterator[Fault | Counted]:
    if "seal" not in entry:
        yield UNBOUND
    elif entry["seal"] != text.seal:
        sentence = f"The {name} {text.ref} is not what was shown first."
        yield Fault(f"{name}-altered", sentence, text.ref)


def last_of(seen: Seen, kinds: Iterable[str]) -> dict[UUID, Facts]:
    """Return the facts of the last entry about each thing, of several kinds of act of staff."""
    last: dict[UUID, Facts] = {}
    for kind in kinds:
        for ref, facts in seen[kind].items():
            if ref not in last or facts.get("seq", -1) > last[ref].get("seq", -1):
                last[ref] = facts
    return last
