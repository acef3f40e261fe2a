"""The key of a form: drawn when the page is made, sealed, so that one form is one voice.

Nothing of it is stored until the form is sent, and then only a keyed mark. It also says how long
the page has been open, which keeps machines waiting, and it stands for the receipt: the same form
sent twice shows the same code again, though no code is kept.
"""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from cryptography.fernet import InvalidToken

from goldenthread.kit.sealing import keyed, seal, unseal
from goldenthread.people.receipts import codes

SOONEST: Final = timedelta(seconds=4)  # nobody writes a sentence faster
LATEST: Final = timedelta(hours=24)  # later, the page in the browser's memory shows no receipt


@dataclass(frozen=True)
class Begun:
    """A form that was begun: its key, for which project, and when."""

    key: UUID
    project: UUID
    at: datetime

    def too_soon(self, now: datetime) -> bool:
        """Return whether no person can have filled it in yet."""
        return self.at <= now < self.at + SOONEST

    def too_late(self, now: datetime) -> bool:
        """Return whether it has been open for so long that it needs a new key."""
        return now >= self.at + LATEST


def draw() -> UUID:
    """Draw a key: 122 random bits."""
    return UUID(bytes=secrets.token_bytes(16), version=4)


def begin(project: UUID, *, now: datetime) -> str:
    """Return a new sealed key for the form's hidden field."""
    begun = {"k": draw().hex, "p": project.hex, "t": int(now.timestamp())}
    return seal(json.dumps(begun)).decode()


def read(token: str, *, project: UUID, now: datetime) -> Begun | None:
    """Open a sealed key; none if we did not make it, or made it for another project."""
    try:
        begun = json.loads(unseal(token.encode()))
        at = datetime.fromtimestamp(begun["t"], tz=now.tzinfo)
        found = Begun(UUID(begun["k"]), UUID(begun["p"]), at)
    except (InvalidToken, ValueError, KeyError, TypeError):
        return None
    return found if found.project == project else None


def mark_of(form_key: UUID) -> bytes:
    """Return what is stored of a key."""
    return keyed("voices.form-key", form_key)


def code_of(form_key: UUID, drawer: str = "") -> codes.Code:
    """Return the receipt that belongs to a form: 80 bits of its key, which only we can derive."""
    bits = int.from_bytes(keyed("voices.receipt", form_key)[:10])
    size = len(codes.ALPHABET)
    letters = [codes.ALPHABET[bits // size**place % size] for place in range(codes.SECRET)]
    return codes.Code(drawer or codes.new().drawer, "".join(letters))
