"""Backups: all tables as they stand at one moment, encrypted, while everything goes on."""

import json
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any, Final

from psycopg.conninfo import conninfo_to_dict

from goldenthread.config import vault
from goldenthread.config.problems import Problem
from goldenthread.kit import keyfile
from goldenthread.kit.database import places

OPENED_FOR: Final = timedelta(days=35)  # then the key is destroyed
ENDING: Final = ".backup"
READER: Final = "pg_restore"
LEFT_OUT: Final = ("django_session",)  # nobody is signed in after a restore
VARIABLES: Final = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
}


@dataclass(frozen=True)
class Made:
    """A backup that was written to its end."""

    path: Path
    size: int
    at: datetime


def key_folder(data: Path) -> Path:
    """Where the keys of the backups of this installation lie."""
    named = os.environ.get("GOLDENTHREAD_BACKUP_KEYS")
    return Path(named) if named else data / "backup-keys"


def back_up(data: Path, *, to: Path, now: datetime) -> Made:
    """Write an encrypted backup into the folder `to`, read it back, and note that it was made.

    :raises Problem: the database cannot be read, or the file not written
    """
    to.mkdir(mode=0o700, parents=True, exist_ok=True)
    key = vault.new_key(key_folder(data), now=now)
    path = to / f"goldenthread-{now:%Y-%m-%d-%H%M%S}-{key.name}{ENDING}"
    draft = path.with_suffix(".part")
    try:
        with draft.open("xb") as target, dumping() as plain:
            vault.lock(plain, target, key)
            target.flush()
            os.fsync(target.fileno())
        read_back(draft, key)
        draft.replace(path)
    except BaseException:
        draft.unlink(missing_ok=True)
        vault.destroy_key(key_folder(data), key.name)
        raise
    made = Made(path, path.stat().st_size, now)
    _note(data, made)
    return made


@contextmanager
def dumping() -> Iterator[IO[bytes]]:
    """Give the dump of PostgreSQL as it comes.

    :raises Problem: it did not come to its end
    """
    left_out = [f"--exclude-table-data={table}" for table in LEFT_OUT]
    options = ["--format=custom", "--no-owner", "--no-privileges", "--no-comments", *left_out]
    with TemporaryFile() as told:
        process = program("pg_dump", *options, stdout=subprocess.PIPE, stderr=told)
        with process:
            if process.stdout is None:  # pragma: no cover -- Popen was asked for a pipe
                raise RuntimeError
            yield process.stdout
        if process.returncode != 0:
            raise Problem(f"The database could not be read: {reasons(told)[-1]}.")


def reading_in() -> list[str]:
    """The program that reads a dump into our database, and its options."""
    url = os.environ["DATABASE_URL"]
    name = str(conninfo_to_dict(url).get("dbname") or "goldenthread")
    return [READER, "--no-owner", "--no-privileges", "--no-comments", f"--dbname={name}"]


def program(name: str, *options: str, **streams: Any) -> "subprocess.Popen[bytes]":
    """Start a program of PostgreSQL on our database; no password shows in the list of processes."""
    given = conninfo_to_dict(os.environ["DATABASE_URL"])
    env = {VARIABLES[name]: str(value) for name, value in given.items() if name in VARIABLES}
    return subprocess.Popen(  # noqa: S603 -- the programs we brought
        [str(places.programs() / name), *options],
        env={"PATH": os.defpath, "LC_ALL": "C", **env},
        **streams,
    )


def reasons(told: IO[bytes]) -> list[str]:
    """What a program of PostgreSQL had to say against it."""
    told.seek(0)
    lines = told.read().decode(errors="replace").splitlines()
    found = [line.rstrip(".") for line in lines if "error" in line.lower()]
    return found or ["no reason was given"]


def read_back(path: Path, key: vault.Key) -> None:
    """Read a backup to its end.

    :raises Problem: it is not whole, or the key is another's
    """
    with path.open("rb") as locked:
        vault.name_of_key(locked)
        for _piece in vault.unlock(locked, key):
            pass


def _note(data: Path, made: Made) -> None:
    kept = {"file": str(made.path), "size": made.size, "at": made.at.isoformat()}
    keyfile.write((data / "last-backup.json").resolve(), kept)  # where machines share it, too


def last(data: Path) -> Made | None:
    """Return the newest backup that was written to its end, wherever it lies."""
    path = data / "last-backup.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    return Made(Path(kept["file"]), kept["size"], datetime.fromisoformat(kept["at"]))


def forget_old(data: Path, *, folder: Path | None, now: datetime) -> int:
    """Destroy keys older than 35 days, and files here that nothing opens; returns how many keys."""
    keys = key_folder(data)
    old = [name for name, made in vault.made_in(keys).items() if made <= now - OPENED_FOR]
    for name in old:
        vault.destroy_key(keys, name)
        for path in (folder or data / "backups").glob(f"*-{name}{ENDING}"):
            path.unlink()
    return len(old)
