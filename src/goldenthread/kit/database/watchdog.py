"""Stops what we started when we are killed without warning.

A small process of its own waits at the end of a pipe. It is told what runs; when the pipe breaks,
its other end has died, and whatever still runs is stopped and temporary folders are removed.
"""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Self

PATIENCE = 10.0  # seconds between asking a process to stop and stopping it


class Watchdog:
    """Tell it of every process and temporary folder; close it once all is stopped in order."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 -- our own file
            [sys.executable, "-S", "-E", __file__],
            stdin=subprocess.PIPE,
            start_new_session=True,
        )

    @property
    def _pipe(self) -> IO[bytes]:
        if self._process.stdin is None:  # pragma: no cover -- Popen was asked for a pipe
            raise RuntimeError
        return self._process.stdin

    def watch(self, pid: int, *, stop_with: signal.Signals = signal.SIGTERM) -> None:
        """Stop process `pid` if we die."""
        self._tell(f"watch {pid} {int(stop_with)}")

    def forget(self, pid: int) -> None:
        """Process `pid` has ended."""
        self._tell(f"forget {pid} 0")

    def sweep(self, folder: Path) -> None:
        """Remove `folder` if we die."""
        self._tell(f"sweep {folder}")

    def close(self) -> None:
        """Everything has been stopped in order: nothing is left to do."""
        self._tell("done")
        with contextlib.suppress(BrokenPipeError):
            self._pipe.close()
        self._process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _tell(self, line: str) -> None:
        with contextlib.suppress(BrokenPipeError):
            self._pipe.write(f"{line}\n".encode())
            self._pipe.flush()


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _stop_all(watched: dict[int, int]) -> None:
    for pid, number in watched.items():
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, number)
    deadline = time.monotonic() + PATIENCE
    while any(map(_alive, watched)) and time.monotonic() < deadline:
        time.sleep(0.05)
    for pid in filter(_alive, watched):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def main() -> None:
    """Listen until the pipe ends, then clean up."""
    watched: dict[int, int] = {}
    folders: list[str] = []
    for line in sys.stdin:
        word, _, rest = line.strip().partition(" ")
        if word == "done":
            return
        if word == "sweep":
            folders.append(rest)
            continue
        pid, number = map(int, rest.split())
        watched.pop(pid, None)
        if word == "watch":
            watched[pid] = number
    _stop_all(watched)
    for folder in folders:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
