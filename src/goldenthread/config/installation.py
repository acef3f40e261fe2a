"""One installation: a data folder, its keys, its database, and the environment they make."""

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from goldenthread.config.keys import make_keys
from goldenthread.config.problems import Problem
from goldenthread.kit.database import DatabaseProblem, FolderInUse, FolderLock, Server

OLDEST_SERVER = 16  # PostgreSQL by DATABASE_URL; our own is newer
UP_WITHIN = 15.0  # seconds
# What is written on one machine and needed on another: see docs/how-to/run-on-several-machines.md.
FOLDERS_OF_ALL = ("answers", "erased", "backups", "backup-keys")
NOTES_OF_ALL = ("last-backup.json", "last-verified.json")
REMEMBERED = ("GOLDENTHREAD_URL", "GOLDENTHREAD_HOSTS", "GOLDENTHREAD_DEV")


class Installation:
    """What lives in the data folder, and where."""

    def __init__(self, data: Path) -> None:
        self.data = data.resolve()
        self.keys = self.data / "keys.json"
        self.static = self.data / "static"
        self.example_wanted = self.data / "example-wanted"
        self.example_loaded = self.data / "example-loaded"
        self.served = self.data / "served.json"
        self.stopping = self.data / "stopping"  # while it lies there we are not ready
        self.counts = self.data / "counts"  # of the processes that answer, for /metrics/
        self.external = os.environ.get("DATABASE_URL")

    def prepare(self) -> None:
        """Make the folder and the keys, which only their owner may read, and say where they are."""
        self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.static.mkdir(exist_ok=True)
        if shared := os.environ.get("GOLDENTHREAD_SHARED"):
            self.share(Path(shared).resolve())
        (self.data / "erased").mkdir(mode=0o700, exist_ok=True)  # see thread.journal
        make_keys(self.keys)
        os.environ["GOLDENTHREAD_DATA"] = str(self.data)
        os.environ["GOLDENTHREAD_KEYS"] = str(self.keys)

    def share(self, folder: Path) -> None:
        """Keep what all machines need in a folder that all of them see; links to it stand here.

        :raises Problem: there is something under the same name in both
        """
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in (*FOLDERS_OF_ALL, *NOTES_OF_ALL):
            here, there = self.data / name, folder / name
            if here.is_symlink() and here.readlink() == there:
                continue
            if here.exists() and there.exists():
                raise Problem(f"{here} and {there} both exist: bring them together by hand.")
            if here.exists():
                shutil.move(here, there)
            if name in FOLDERS_OF_ALL:
                there.mkdir(mode=0o700, exist_ok=True)
            here.symlink_to(there)

    def lock(self) -> FolderLock:
        """Return the lock that one running installation holds on the folder."""
        return FolderLock(
            self.data / "lock",
            refusal=f"Golden Thread is already running on {self.data}: stop it first, or choose "
            "another folder with --data.",
        )

    def announce(self, database_url: str) -> None:
        """Tell this process and its children where the database is, and how all is served."""
        os.environ["DATABASE_URL"] = database_url
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
        for name, value in self._remembered().items():
            os.environ.setdefault(name, value)

    def remember(self) -> None:
        """Note how it is served, so that other commands on this folder see the same."""
        known = {name: os.environ[name] for name in REMEMBERED if name in os.environ}
        self.served.write_text(json.dumps(known))

    def _remembered(self) -> dict[str, str]:
        return dict(json.loads(self.served.read_text())) if self.served.exists() else {}

    @contextmanager
    def database(self) -> Iterator[None]:
        """Have the database up for one command: the one that runs, or our own for as long."""
        self.prepare()
        if self.external:
            check_reachable(self.external)
            self.announce(self.external)
            yield
            return
        server = Server(self.data)
        self.announce(server.url)
        try:
            server.start()
        except FolderInUse:  # ./run has it up, or is about to
            wait_for(server.url)
        try:
            yield
        finally:
            server.stop()


def wait_for(url: str) -> None:
    """Wait a little for a database that another process is just starting."""
    deadline = time.monotonic() + UP_WITHIN
    while True:
        try:
            return check_reachable(url)
        except Problem:
            if time.monotonic() > deadline:
                raise
        time.sleep(0.2)


def check_reachable(url: str) -> None:
    """Refuse plainly when the server of DATABASE_URL does not answer, or is too old."""
    try:
        with psycopg.connect(url, connect_timeout=5) as connection:
            major = connection.info.server_version // 10000
    except psycopg.ProgrammingError:
        raise Problem("DATABASE_URL is not an address of a PostgreSQL database.") from None
    except psycopg.OperationalError as error:
        reason = str(error).strip().splitlines()[0]
        raise Problem(f"The database cannot be reached: {reason}.") from None
    if major < OLDEST_SERVER:
        raise DatabaseProblem(f"PostgreSQL {OLDEST_SERVER} or newer is needed; this is {major}.")
