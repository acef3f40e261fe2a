"""Keys under which answers wait: a file each, outside the database and its backups.

A wave has one key at a time. It is destroyed when what it locked is open, or locked anew: an old
copy of the database, which still shows which words came with which locked answers, then shows
nothing more.
"""

import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID, uuid4

from cryptography.fernet import Fernet, InvalidToken

from goldenthread.safety.equality import batches

SIZE: Final = 8192  # bytes: what is locked is filled up to a multiple, so its length says little
FRESH: Final = timedelta(days=1)  # a key may be there before the row that names it

Given = dict[str, Any]


def folder() -> Path:
    """Return where the keys stand: inside the folder that no backup takes."""
    place = batches.folder() / "surveys"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def new_key() -> UUID:
    """Make a key, and return its number."""
    number = uuid4()
    handle = os.open(_file(number), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key())
        file.flush()
        os.fsync(file.fileno())
    return number


def is_there(number: UUID | None) -> bool:
    """Return whether a key is still there; after a restore it is not."""
    return number is not None and _file(number).exists()


def lock(number: UUID, given: Given) -> bytes:
    """Lock what one form answered.

    :raises FileNotFoundError: the key is gone
    """
    plain = json.dumps(given).encode()
    padded = plain.ljust(-(-len(plain) // SIZE) * SIZE)
    return Fernet(_file(number).read_bytes()).encrypt_at_time(padded, 0)  # holds no time


def unlock(number: UUID | None, sealed: list[bytes]) -> list[Given]:
    """Open what was locked; what another key locked, or one that is gone, stays closed."""
    if number is None or not is_there(number):
        return []
    key, opened = Fernet(_file(number).read_bytes()), []
    for each in sealed:
        try:
            opened.append(json.loads(key.decrypt(each)))
        except InvalidToken:
            continue
    return opened


def destroy(number: UUID) -> None:
    """Destroy a key: what any backup still holds under it can never be opened."""
    _file(number).unlink(missing_ok=True)


def left_over(named: set[UUID], *, now: datetime) -> list[UUID]:
    """Return keys that no wave names and that are not just being made."""
    found = []
    for file in folder().glob("*.key"):
        made = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        if UUID(file.stem) not in named and made < now - FRESH:
            found.append(UUID(file.stem))
    return found


def _file(number: UUID) -> Path:
    return folder() / f"{number}.key"
