"""Checks of the machine that a Golden Thread lives on: its disk, its clock, what is installed."""

import ctypes
import os
import platform
import re
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from importlib.metadata import PackageNotFoundError
from importlib.metadata import version as version_of
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db import connection

from goldenthread.config import backups
from goldenthread.config.findings import Finding

ROOT: Final = Path(__file__).resolve().parents[3]
PINNED: Final = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", re.MULTILINE)
GIGABYTE: Final = 1024**3
SPACE_NEEDED: Final = GIGABYTE
BACKUPS_AHEAD: Final = 3  # nights of backups for which there must be room
APART: Final = timedelta(seconds=30)
UNSET: Final = 5  # TIME_ERROR of adjtimex(2): this clock follows no other


def disk(_now: datetime) -> Finding:
    """Room to write."""
    free = shutil.disk_usage(settings.DATA).free
    return Finding(free >= SPACE_NEEDED, f"{free / GIGABYTE:.1f} GB of disk are free.")


def backup_disk(_now: datetime) -> Finding:
    """Room for the next nights' backups."""
    if settings.BACKUPS is None:
        return Finding(settings.DEV, "No backup is made at night: GOLDENTHREAD_BACKUPS is off.")
    last = backups.last(settings.DATA)
    needed = max(BACKUPS_AHEAD * (last.size if last else 0), SPACE_NEEDED)
    folder = settings.BACKUPS
    there = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(there).free
    if free < needed:
        told = f"only {free / GIGABYTE:.1f} GB are free, {needed / GIGABYTE:.1f} GB are needed"
        return Finding(False, f"There is little room for backups at {folder}: {told}.")
    return Finding(True, f"There is room for the next backups at {folder}.")


def clock_right(now: datetime) -> Finding:
    """The clock is set by somebody, agrees with the database, and never went back."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone() or (now,)
    apart = abs(datetime.now(UTC) - theirs)
    if apart > APART:
        seconds = apart.total_seconds()
        return Finding(False, f"Our clock and that of the database differ by {seconds:.0f} s.")
    last = backups.last(settings.DATA)
    if last and last.at > now + APART:
        return Finding(False, "The last backup was made in the future: the clock went back.")
    if nobody_sets_it():
        how = "apt-get install systemd-timesyncd"
        return Finding(False, f"Nobody sets the clock of this machine; on Debian: {how}.")
    return Finding(True, "The clock is right.")


def nobody_sets_it() -> bool:
    """Whether the kernel says that its clock follows no other; false where it does not tell."""
    room = ctypes.create_string_buffer(256)  # struct timex, all naught: we only ask
    try:
        return bool(ctypes.CDLL(None).adjtimex(room) == UNSET)
    except (AttributeError, OSError):  # not Linux
        return False


def installed(_now: datetime) -> Finding:
    """What is installed is what this version was tested with."""
    pinned = ROOT / "requirements" / "run.txt"
    if not pinned.exists():
        return Finding(True, "Nothing here says which versions it was tested with.")
    wanted: dict[str, set[str]] = {}
    for name, version in PINNED.findall(pinned.read_text()):
        wanted.setdefault(name, set()).add(version)  # one for each version of Python, or system
    others = [f"{name} {found}" for name, found in _found(wanted) if found not in wanted[name]]
    if others:
        return Finding(False, f"{others[0]} is installed, which was not tested with this version.")
    return Finding(True, "Everything is installed in the version it was tested with.")


def _found(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    for name in names:
        with suppress(PackageNotFoundError):  # meant for another system
            yield name, version_of(name)


def versions(_now: datetime) -> Finding:
    """What runs here, for whoever reads a report of a security fault."""
    ours, python = version_of("goldenthread"), platform.python_version()
    built = f" ({commit()[:12]})" if commit() else ""
    return Finding(True, f"This is Golden Thread {ours}{built} on Python {python}.")


def commit() -> str:
    """Return the commit that was installed; empty where nobody noted it."""
    noted = ROOT / "COMMIT"
    return (
        noted.read_text().strip() if noted.exists() else os.environ.get("GOLDENTHREAD_COMMIT", "")
    )
