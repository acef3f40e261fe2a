"""What has been taken back or erased, in files beside the database: no backup brings it back.

A file a day, a line an act, sorted: references only, no order, no time. A line is on the disk
before the act is committed, so that a restored database can be told of every erasure.
"""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

KEPT_FOR: Final = timedelta(days=70)  # twice as long as any backup can be opened


@dataclass(frozen=True)
class Act:
    """One act that a restored database must be told of, as the record has it."""

    kind: str
    about: UUID
    on: date
    project: UUID | None = None
    facts: dict[str, str | int] = field(default_factory=dict, hash=False)

    def line(self) -> str:
        """The act as it is kept; the day is the name of its file."""
        said = [self.kind, str(self.about), str(self.project or ""), self.facts]
        return json.dumps(said, sort_keys=True)


def folder() -> Path:
    """Where the journal of this installation lives."""
    return Path(settings.DATA) / "erased"


def note(acts: Iterable[Act]) -> None:
    """Write acts down, on the disk before this returns."""
    lines: dict[date, set[str]] = {}
    for act in acts:
        lines.setdefault(act.on, set()).add(act.line())
    for day, new in lines.items():
        with _locked() as here:
            path = here / f"{day}.jsonl"
            _write(path, _lines(path) | new)


def take_out(kind: str, refs: Iterable[UUID]) -> None:
    """Forget acts that were undone."""
    gone = {(kind, ref) for ref in refs}
    with _locked() as here:
        for path in here.glob("*.jsonl"):
            before = _lines(path)
            after = {line for line in before if _key(line) not in gone}
            if after != before:
                _write(path, after)


def noted(here: Path) -> Iterator[Act]:
    """Read a journal, or a copy of one, oldest day first.

    :raises ValueError: a file is not of a journal
    """
    for path in sorted(here.glob("*.jsonl")):
        for line in sorted(_lines(path)):
            kind, about, project, facts = json.loads(line)
            on = date.fromisoformat(path.stem)
            yield Act(kind, UUID(about), on, UUID(project) if project else None, facts)


def forget_before(day: date) -> None:
    """Drop the files of days before: no backup from then can be opened any more."""
    with _locked() as here:
        for path in here.glob("*.jsonl"):
            if date.fromisoformat(path.stem) < day:
                path.unlink()


@contextlib.contextmanager
def _locked() -> Iterator[Path]:
    here = folder()
    here.mkdir(mode=0o700, exist_ok=True)
    with (here / "lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield here


def _key(line: str) -> tuple[str, UUID]:
    kind, about, *_rest = json.loads(line)
    return kind, UUID(about)


def _lines(path: Path) -> set[str]:
    return set(path.read_text().splitlines()) if path.exists() else set()


def _write(path: Path, lines: set[str]) -> None:
    new = path.with_suffix(".new")
    with new.open("w") as file:
        file.writelines(f"{line}\n" for line in sorted(lines))
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
    beside = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(beside)
    finally:
        os.close(beside)
