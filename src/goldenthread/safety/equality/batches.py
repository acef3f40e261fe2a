"""Keys of batches: one file each, outside the database and its backups, destroyed when opened."""

import json
import os
from pathlib import Path
from typing import Final
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings

SIZE: Final = 2048  # bytes of every answer before it is locked: its length says nothing


def folder() -> Path:
    """Return where the keys stand; only its owner may look."""
    place = Path(settings.DATA) / "answers"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def make_key(batch: UUID) -> None:
    """Make the key of a batch."""
    handle = os.open(_file(batch), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key())
        file.flush()
        os.fsync(file.fileno())


def lock(batch: UUID, answers: dict[str, str]) -> bytes:
    """Lock what one person answered.

    :raises FileNotFoundError: the key is gone
    """
    plain = json.dumps(answers).encode().ljust(SIZE)
    return Fernet(_file(batch).read_bytes()).encrypt_at_time(plain, 0)  # the token holds no time


def unlock(batch: UUID, sealed: list[bytes]) -> list[dict[str, str]]:
    """Open what a batch holds; without its key nothing can be."""
    try:
        key = Fernet(_file(batch).read_bytes())
        return [json.loads(key.decrypt(bytes(each))) for each in sealed]
    except (FileNotFoundError, InvalidToken):
        return []


def destroy_key(batch: UUID) -> None:
    """Destroy the key: what any backup still holds of the batch can never be opened."""
    _file(batch).unlink(missing_ok=True)


def keys() -> set[UUID]:
    """Return the batches of which there is a key."""
    return {UUID(each.stem) for each in folder().glob("*.key")}


def _file(batch: UUID) -> Path:
    return folder() / f"{batch}.key"
