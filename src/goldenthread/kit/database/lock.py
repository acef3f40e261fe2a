"""One process per folder: a lock that the system lets go of when its holder dies."""

import fcntl
import os
from pathlib import Path
from typing import Self

from goldenthread.kit.database.problems import FolderInUse


class FolderLock:
    """Hold `path` for this process alone, until released or until the process ends."""

    def __init__(self, path: Path, *, refusal: str) -> None:
        self.path = path
        self.refusal = refusal
        self._descriptor: int | None = None

    def acquire(self) -> Self:
        """Take the lock.

        :raises FolderInUse: another process has it
        """
        descriptor = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            raise FolderInUse(self.refusal) from None
        self._descriptor = descriptor
        return self

    def release(self) -> None:
        """Let go; does nothing when the lock is not held."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
