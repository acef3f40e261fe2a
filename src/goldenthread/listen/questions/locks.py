"""Keys under which choices wait: a file for each open question, outside the database and backups.

A choice is locked the moment it is made, and opened only to be counted at the end; then its key is
destroyed. So no copy of the database tells what anybody chose, whatever else was written with it.
"""

import os
from pathlib import Path
from uuid import UUID

from cryptography.fernet import Fernet, InvalidToken

from goldenthread.safety.equality import batches


def folder() -> Path:
    """Return where the keys stand: inside the folder that no backup takes."""
    place = batches.folder() / "questions"
    place.mkdir(mode=0o700, parents=True, exist_ok=True)
    return place


def lock(question: UUID, option: UUID) -> bytes:
    """Lock what one person chose; the first choice makes the key. The caller holds the question."""
    if not _file(question).exists():
        _make(question)
    key = Fernet(_file(question).read_bytes())
    return key.encrypt_at_time(option.bytes, 0)  # all equally long, and none holds a time


def unlock(question: UUID, sealed: list[bytes]) -> list[UUID]:
    """Open what was locked; what another key locked, or one that is gone, stays closed."""
    if not _file(question).exists():
        return []
    key, opened = Fernet(_file(question).read_bytes()), []
    for each in sealed:
        try:
            opened.append(UUID(bytes=key.decrypt(each)))
        except InvalidToken:
            continue
    return opened


def is_there(question: UUID) -> bool:
    """Return whether there is a key: not before the first choice, and not after the end."""
    return _file(question).exists()


def destroy(question: UUID) -> None:
    """Destroy a key: what any backup still holds under it can never be opened."""
    _file(question).unlink(missing_ok=True)


def questions_with_keys() -> set[UUID]:
    """Return the questions of which there is a key."""
    return {UUID(each.stem) for each in folder().glob("*.key")}


def _make(question: UUID) -> None:
    """Make a key; it has its name only once it is written whole."""
    fresh = _file(question).with_suffix(".new")
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(Fernet.generate_key())
        file.flush()
        os.fsync(file.fileno())
    fresh.rename(_file(question))


def _file(question: UUID) -> Path:
    return folder() / f"{question}.key"
