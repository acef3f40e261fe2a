"""Who fills in a survey: a member, or a guest, and how we find what they began.

A guest's secret opens what they began, and only they have it: in this browser's cookie, or where
they wrote it down to come back later. The code on a slip opens nothing of it: those who made the
slips may have that too. It is used up when the survey is sent.
"""

import base64
import json
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cryptography.fernet import Fernet, InvalidToken

from goldenthread.kit.sealing import keyed, seal, unseal
from goldenthread.listen.surveys.models import Wave
from goldenthread.people.accounts.models import Person
from goldenthread.projects.short import ALPHABET, normalise

LETTERS: Final = 12  # 60 bits; a receipt has twenty letters
GROUP: Final = 4


@dataclass(frozen=True)
class Holder:
    """A member, or a guest with the secret of what they began."""

    person: Person | None = None
    secret: str = field(default="", repr=False)  # opens what they began
    code: str = field(default="", repr=False)  # the one they were invited by, normalised

    def found_by(self, wave: Wave) -> dict[str, Any]:
        """Say how what they began is found in the table."""
        if self.person is not None:
            return {"wave": wave, "person": self.person}
        return {"wave": wave, "mark": unfinished_mark(self.secret)}

    def seal(self, written: Mapping[str, Any]) -> bytes:
        """Lock what they began: a guest's with their secret, which we do not keep."""
        text = json.dumps(written)
        if self.person is not None:
            return seal(text)
        return _box(self.secret).encrypt_at_time(text.encode(), 0)  # the token holds no time

    def unseal(self, sealed: bytes) -> dict[str, Any]:
        """Open it; what was locked by keys that are gone is empty."""
        try:
            plain = unseal(sealed) if self.person else _box(self.secret).decrypt(bytes(sealed))
            return dict(json.loads(plain))
        except (InvalidToken, ValueError):
            return {}


def new_code() -> str:
    """Draw a code to invite by, or the secret of one who begins."""
    return "".join(secrets.choice(ALPHABET) for _letter in range(LETTERS))


def shown(code: str) -> str:
    """Write a code in groups, as people read it: K7M3-9QXP-2RT5."""
    return "-".join(code[at : at + GROUP] for at in range(0, len(code), GROUP))


def read(text: str) -> str:
    """Read a code as somebody typed it; nothing where it cannot be one."""
    code = normalise(text)
    return code if len(code) == LETTERS and set(code) <= set(ALPHABET) else ""


def code_mark(code: str) -> bytes:
    """Return what is stored of a code that we gave out."""
    return keyed("surveys.code", code)


def unfinished_mark(secret: str) -> bytes:
    """Return by what the beginnings of a guest are found."""
    return keyed("surveys.unfinished", secret)


def member_mark(wave: Wave, person: Person) -> bytes:
    """Return the mark that this member has answered this wave: another one in each wave."""
    return keyed("surveys.member", wave.ref, person.pk)


def form_mark(form_key: object) -> bytes:
    """Return what is stored of a form that was sent."""
    return keyed("surveys.form", form_key)


def _box(secret: str) -> Fernet:
    return Fernet(base64.urlsafe_b64encode(keyed("surveys.unfinished-key", secret)))
