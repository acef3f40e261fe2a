"""Files that nobody opens without their key: what a backup is written into.

A fresh key for each file (AES-256-GCM). The content goes in pieces of a megabyte; the number of a
piece and whether it is the last are part of what is authenticated, so that a file cut short,
lengthened or put together from others does not open.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from goldenthread.config.problems import Problem
from goldenthread.kit import keyfile

MAGIC: Final = b"goldenthread backup 1\n"
PIECE: Final = 1024 * 1024
TAG: Final = 16
NAME: Final = 16  # letters of a key's name
MORE, LAST = b"\0", b"\1"


@dataclass(frozen=True)
class Key:
    """The key of one file: its name stands in the file, the key itself elsewhere."""

    name: str
    secret: bytes
    made: datetime


def new_key(folder: Path, *, now: datetime) -> Key:
    """Make a key and keep it in `folder`, readable by its owner alone, whole or not at all."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = Key(secrets.token_hex(NAME // 2), secrets.token_bytes(32), now)
    path = folder / f"{key.name}.key"
    try:
        keyfile.write(path, {"made": now.isoformat(), "key": key.secret.hex()})
    except OSError:
        path.with_suffix(".new").unlink(missing_ok=True)
        raise
    return key


def keys_in(folder: Path) -> Iterator[Key]:
    """Read all keys of a folder; what cannot be read opens nothing, and is no reason to stop."""
    for path in sorted(folder.glob("*.key")):
        if key := _read(path):
            yield key


def made_in(folder: Path) -> dict[str, datetime]:
    """Return when each key of a folder was made, by name.

    Of one that cannot be read (cut short, half destroyed, another account's) the file tells: it
    was never written later than that, so no key outlives its days by being unreadable.
    """
    found = {}
    for path in sorted(folder.glob("*.key")):
        key = _read(path)
        with suppress(FileNotFoundError):  # destroyed in this moment
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            found[path.stem] = key.made if key else written
    return found


def _read(path: Path) -> Key | None:
    with suppress(OSError, ValueError, KeyError, TypeError):
        kept = keyfile.read(path)
        made = datetime.fromisoformat(kept["made"])
        return Key(path.stem, bytes.fromhex(kept["key"]), made)
    return None


def destroy_key(folder: Path, name: str) -> None:
    """Overwrite a key and remove it: what it locked is noise from now on."""
    path = folder / f"{name}.key"
    with suppress(OSError), path.open("r+b") as file:  # whatever hinders that, it is removed
        file.write(secrets.token_bytes(path.stat().st_size))
        file.flush()
        os.fsync(file.fileno())
    path.unlink()


def lock(plain: IO[bytes], target: IO[bytes], key: Key) -> None:
    """Write what `plain` gives, to its end, so that only `key` opens it."""
    cipher = AESGCM(key.secret)
    target.write(MAGIC + key.name.encode())
    number = 0
    piece = plain.read(PIECE)
    while True:
        following = plain.read(PIECE) if piece else b""
        mark = MORE if following else LAST
        target.write(mark + _length(piece) + cipher.encrypt(_nonce(number), piece, mark))
        if mark == LAST:
            return
        piece, number = following, number + 1


def name_of_key(locked: IO[bytes]) -> str:
    """Read which key opens a file.

    :raises Problem: it is no backup
    """
    if locked.read(len(MAGIC)) != MAGIC:
        raise Problem("This file is not a backup of Golden Thread.")
    return locked.read(NAME).decode(errors="replace")


def unlock(locked: IO[bytes], key: Key) -> Iterator[bytes]:
    """Give the content piece by piece; the reader has read the name of the key before.

    :raises Problem: the key is another, or the file was changed or cut short
    """
    cipher = AESGCM(key.secret)
    number, mark = 0, MORE
    while mark == MORE:
        mark = locked.read(1)
        size = int.from_bytes(locked.read(4), "big") + TAG
        piece = locked.read(size if size <= PIECE + TAG else 0)
        try:
            yield cipher.decrypt(_nonce(number), piece, mark)
        except InvalidTag:
            raise Problem("The backup is damaged or cut short, or this is not its key.") from None
        number += 1
    if locked.read(1):
        raise Problem("The backup is longer than it was when it was made.")


def _nonce(number: int) -> bytes:
    """Twelve bytes, never twice under one key: each file has its own."""
    return number.to_bytes(12, "big")


def _length(piece: bytes) -> bytes:
    return len(piece).to_bytes(4, "big")
