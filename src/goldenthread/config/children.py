"""Processes we start and keep running, and those a killed start left behind."""

import contextlib
import os
import signal
import subprocess
import time
from collections.abc import Mapping
from pathlib import Path

from goldenthread.kit.database import Watchdog

STOP_WITHIN = 15.0
MARK = "GOLDENTHREAD_CHILD"
LONGEST_PAUSE = 30.0


class Child:
    """One process that is started again, ever more slowly, when it ends unasked."""

    def __init__(
        self,
        name: str,
        command: list[str],
        watchdog: Watchdog,
        env: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.command = command
        self.watchdog = watchdog
        self.env = {**(env or {}), MARK: name}
        self._process: subprocess.Popen[bytes] | None = None
        self._pause = 1.0
        self._started = 0.0
        self._again_at = 0.0

    def start(self) -> None:
        """Start the process; Ctrl-C reaches it through us, in our order."""
        self._process = subprocess.Popen(  # noqa: S603 -- our own commands
            self.command,
            stdin=subprocess.DEVNULL,
            env=dict(os.environ, **self.env),
            start_new_session=True,
        )
        self.watchdog.watch(self._process.pid)
        self._started = time.monotonic()

    def ended(self) -> bool:
        """Whether the process is not running."""
        return self._process is None or self._process.poll() is not None

    def look_after(self) -> None:
        """Start the process again if it ended; wait longer each time it does not last."""
        if not self.ended():
            return
        now = time.monotonic()
        if self._process is not None:
            _end_group(self._process.pid)
            self.watchdog.forget(self._process.pid)
            self._process = None
            lasted = now - self._started > LONGEST_PAUSE
            self._pause = 1.0 if lasted else min(self._pause * 2, LONGEST_PAUSE)
            self._again_at = now + self._pause
        if now >= self._again_at:
            self.start()

    def stop(self) -> None:
        """Ask the process to end, and wait."""
        if self._process is None:
            return
        if self._process.poll() is None:
            self._process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOP_WITHIN)
        _end_group(self._process.pid)
        self._process.wait()
        self.watchdog.forget(self._process.pid)
        self._process = None


def _end_group(leader: int) -> None:
    """End whatever a process left behind in its group, and wait a moment until it has gone."""
    deadline = time.monotonic() + 2
    with contextlib.suppress(ProcessLookupError):
        while time.monotonic() < deadline:
            os.killpg(leader, signal.SIGKILL)
            time.sleep(0.02)


def clear_strays(data: Path) -> None:
    """End what an earlier start on this folder left running after it was killed.

    The caller holds the folder's lock. Needs /proc; elsewhere the watchdog alone does this.
    """
    strays = _strays(data)
    for pid in strays:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + 5
    while strays and time.monotonic() < deadline:
        time.sleep(0.05)
        strays = _strays(data)
    for pid in strays:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)


def _strays(data: Path) -> list[int]:
    belongs = f"GOLDENTHREAD_DATA={data}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            variables = (entry / "environ").read_bytes().split(b"\0")
            if belongs in variables and any(each.startswith(MARK.encode()) for each in variables):
                found.append(int(entry.name))
    return found
