"""One PostgreSQL server on one folder, from empty folder to clean stop."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

import psycopg

from goldenthread.kit.database import places
from goldenthread.kit.database.lock import FolderLock
from goldenthread.kit.database.problems import DatabaseProblem
from goldenthread.kit.database.watchdog import Watchdog

MAJOR = 18
NAME = "goldenthread"
START_WITHIN = 60.0  # seconds; recovery after a power cut takes its time
STOP_WITHIN = 30.0

# People's words must not reach the log: errors quote values and statements, so errors stay out.
QUIET = {
    "log_min_messages": "log",
    "log_min_error_statement": "panic",
    "log_parameter_max_length_on_error": "0",
    "log_checkpoints": "off",
}
ALWAYS = QUIET | {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "jit": "off",
    "wal_recycle": "off",  # old parts of the log are deleted, not kept with what was erased in them
}
THROWAWAY = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
}


class Server:
    """PostgreSQL on `folder`; `throwaway` is for tests: fast, unsafe, gone when stopped."""

    def __init__(self, folder: Path, *, throwaway: bool = False) -> None:
        self.folder = folder
        self.throwaway = throwaway
        folder.mkdir(parents=True, exist_ok=True)
        self.files = places.files_for(folder, f"postgresql-{MAJOR}")
        self.socket = places.socket_folder(self.files.parent)
        self._lock = FolderLock(
            folder / f"postgresql-{MAJOR}.lock",
            refusal=f"A database is already running on {folder}.",
        )
        self._process: subprocess.Popen[bytes] | None = None

    @classmethod
    def temporary(cls) -> "Server":
        """Return a throwaway server on a new temporary folder."""
        return cls(Path(tempfile.mkdtemp(prefix="goldenthread-")), throwaway=True)

    @property
    def url(self) -> str:
        """The address for DATABASE_URL."""
        return self._url(NAME)

    @property
    def log(self) -> Path:
        """What PostgreSQL itself has to say: starts, stops, never words."""
        return self.files.parent / "postgresql.log"

    def start(self, watchdog: Watchdog | None = None) -> str:
        """Start the server, making its files first if there are none, and return its address.

        :raises FolderInUse: another server runs on this folder
        :raises DatabaseProblem: it cannot start
        """
        self._lock.acquire()
        try:
            self._clear_up()
            self._prepare()
            self._launch()
            if watchdog and self._process:
                kind = signal.SIGQUIT if self.throwaway else signal.SIGINT
                watchdog.watch(self._process.pid, stop_with=kind)
                if self.throwaway:
                    watchdog.sweep(self.folder)
                    watchdog.sweep(self.files.parent)
            self._wait_until_ready()
        except BaseException:
            self.stop()
            raise
        return self.url

    def stop(self) -> None:
        """Stop the server and wait until it has written everything down."""
        if self._process is not None and self._process.poll() is None:
            self._process.send_signal(signal.SIGQUIT if self.throwaway else signal.SIGINT)
            try:
                self._process.wait(STOP_WITHIN)
            except subprocess.TimeoutExpired:
                self._process.send_signal(signal.SIGQUIT)
                self._process.wait(STOP_WITHIN)
        self._process = None
        self._lock.release()
        if self.throwaway:
            shutil.rmtree(self.files.parent, ignore_errors=True)
            shutil.rmtree(self.folder, ignore_errors=True)

    def alive(self) -> bool:
        """Whether the process we started still runs."""
        return self._process is not None and self._process.poll() is None

    def _url(self, database: str) -> str:
        return f"postgresql:///{database}?host={quote(str(self.socket), safe='')}&user={NAME}"

    def _run_as(self) -> dict[str, object]:
        account = places.account()
        options: dict[str, object] = {}
        if account.user is not None:
            options = {"user": account.user, "group": account.group, "extra_groups": []}
        return options | {
            "cwd": self.files.parent,
            "env": {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            "umask": 0o077,
        }

    def _prepare(self) -> None:
        owner = places.account()
        self.socket.mkdir(exist_ok=True)
        owner.own(self.socket)
        if (self.files / "PG_VERSION").exists():
            return
        self._refuse_other_versions()
        shutil.rmtree(self.files, ignore_errors=True)  # a first start that was cut short
        self.files.mkdir()
        owner.own(self.files)
        self._make_cluster()

    def _refuse_other_versions(self) -> None:
        pattern = "postgresql-[0-9][0-9]"
        others = {each.name for each in self.folder.glob(pattern)} - {self.files.name}
        if others:
            raise DatabaseProblem(
                f"{self.folder} holds {others.pop()}, but this is PostgreSQL {MAJOR}: dump it with "
                "the old version and restore it here."
            )

    def _make_cluster(self) -> None:
        """Create the files in a fixed locale, so that every machine sorts alike, with checksums."""
        command = [
            str(places.programs() / "initdb"),
            f"--pgdata={self.files}",
            f"--username={NAME}",
            "--auth=trust",  # the socket's folder lets nobody else in
            "--encoding=UTF8",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--locale=C",
            "--text-search-config=english",
            "--data-checksums",
            "--no-instructions",
            *(["--no-sync"] if self.throwaway else []),
        ]
        made = subprocess.run(  # type: ignore[call-overload]  # noqa: S603 -- options by account
            command, capture_output=True, text=True, check=False, **self._run_as()
        )
        if made.returncode != 0:
            shutil.rmtree(self.files, ignore_errors=True)
            raise DatabaseProblem(f"The database could not be created: {_reason(made.stderr)}")

    def _launch(self) -> None:
        settings = ALWAYS | (THROWAWAY if self.throwaway else {})
        settings["unix_socket_directories"] = str(self.socket)
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with self.log.open("wb") as log:
            self._process = subprocess.Popen(  # type: ignore[call-overload]  # noqa: S603
                [str(places.programs() / "postgres"), "-D", str(self.files), *options],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is ours to handle, in our order
                **self._run_as(),
            )

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + START_WITHIN
        while True:
            if not self.alive() and not self._try_again(deadline):
                raise DatabaseProblem(f"The database did not start: {_reason(self._log_text())}")
            try:
                with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
                    self._check(connection)
                return
            except psycopg.OperationalError:
                if time.monotonic() > deadline:
                    raise DatabaseProblem("The database did not start in time.") from None
            time.sleep(0.03)

    def _try_again(self, deadline: float) -> bool:
        """After a kill, old helpers of PostgreSQL may need a moment to notice and leave."""
        if "pre-existing shared memory" not in self._log_text() or time.monotonic() > deadline:
            return False
        time.sleep(0.2)
        self._launch()
        return True

    def _check(self, connection: psycopg.Connection[tuple[object, ...]]) -> None:
        major = connection.info.server_version // 10000
        if major != MAJOR:
            raise DatabaseProblem(f"PostgreSQL {MAJOR} is needed, but this is {major}.")
        query = "SELECT 1 FROM pg_database WHERE datname = %s"
        if connection.execute(query, [NAME]).fetchone() is None:
            connection.execute(f"CREATE DATABASE {NAME}")

    def _clear_up(self) -> None:
        """Clear what a killed server left: we hold the lock, so nobody uses it."""
        self._stop_orphan()
        for left in self.socket.glob(".s.PGSQL*"):
            left.unlink()

    def _stop_orphan(self) -> None:
        """Stop a server whose starter was killed; forget one that is no more."""
        note = self.files / "postmaster.pid"
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid = int(note.read_text().splitlines()[0])
            if not _is_postgres_on(pid, self.files):
                note.unlink()
                return
            os.kill(pid, signal.SIGINT)
            deadline = time.monotonic() + STOP_WITHIN
            while _is_postgres_on(pid, self.files):
                if time.monotonic() > deadline:
                    raise DatabaseProblem(f"An old database server ({pid}) does not stop.")
                time.sleep(0.05)

    def _log_text(self) -> str:
        with contextlib.suppress(OSError):
            return self.log.read_text(errors="replace")
        return ""


def _is_postgres_on(pid: int, files: Path) -> bool:
    """Whether process `pid` is a PostgreSQL server on `files` (numbers are used again)."""
    facts = Path(f"/proc/{pid}")
    if facts.parent.joinpath("self").exists():
        with contextlib.suppress(OSError):
            return f"-D\0{files}\0".encode() in facts.joinpath("cmdline").read_bytes()
        return False
    command = ["/bin/ps", "-ww", "-o", "command=", "-p", str(pid)]
    shown = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    return f"-D {files} " in shown.stdout


def _reason(text: str) -> str:
    """Pick the line that says why, and say the common causes plainly."""
    if "No space left on device" in text:
        return "the disk is full."
    told = [line for line in text.splitlines() if "FATAL" in line or "error" in line.lower()]
    return (told or text.splitlines() or ["it gave no reason."])[-1].strip()
