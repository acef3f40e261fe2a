"""A real Golden Thread, started as people start it, in a folder and on a port of its own."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 300.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def own_environment() -> dict[str, str]:
    """The environment of a person at a terminal: nothing of the test session."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("GOLDENTHREAD", "PYTEST"))}
    kept.pop("DATABASE_URL", None)
    kept.pop("DJANGO_SETTINGS_MODULE", None)
    return kept | {"GOLDENTHREAD_DEV": "1", "PYTHONUNBUFFERED": "1"}


def command(data: Path, port: int, *options: str) -> list[str]:
    serve = ["-m", "goldenthread", "--data", str(data), "serve", "--port", str(port)]
    return [sys.executable, *serve, *options]


def goldenthread(data: Path, *given: object, **environment: str) -> subprocess.CompletedProcess:
    """Run one command on a folder, as a person would, and return what it said."""
    return subprocess.run(
        [sys.executable, "-m", "goldenthread", "--data", str(data), *map(str, given)],
        env=own_environment() | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


INSIDE = """
import json, sys
from pathlib import Path
from goldenthread.config.installation import Installation
with Installation(Path(sys.argv[1])).database():
    import django
    django.setup()
    given = json.loads(sys.argv[2])
    exec(sys.stdin.read())
    print(json.dumps(answer))
"""


def inside(data: Path, code: str, **given: object):
    """Run `code` in the program of an installation; it leaves its `answer`."""
    told = subprocess.run(
        [sys.executable, "-c", INSIDE, str(data), json.dumps(given)],
        cwd=ROOT,
        env=own_environment(),
        input=code,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert told.returncode == 0, told.stdout + told.stderr
    return json.loads(told.stdout.splitlines()[-1])


def try_to_start(
    data: Path, port: int, *options: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Start a house that is expected to refuse."""
    return subprocess.run(
        command(data, port, *options),
        env=own_environment() | environment,
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )


class House:
    """Start it, look at it, hurt it, stop it."""

    def __init__(self, data: Path, port: int | None = None, *, example: bool = False) -> None:
        self.data = data
        self.options = ["--example"] if example else []
        self.port = port or free_port()
        self.said = data.parent / f"{data.name}.said"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                command(self.data, self.port, *self.options),
                env=own_environment(),
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        there = "worked example is loaded" if self.options else "is ready"
        wait_until(lambda: there in self.words() or not self.running())
        assert self.running(), self.words()

    def words(self) -> str:
        return self.said.read_text()

    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self, how: signal.Signals = signal.SIGINT) -> int:
        self.process.send_signal(how)
        return self.process.wait(PATIENCE)

    def clear(self) -> None:
        """Stop whatever runs and leave nothing on the disk."""
        if self.running():
            self.stop()
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        clear(self.data)

    def page(self, timeout: float = 5.0) -> int:
        """Return the status of the first page; 0 when nothing answers."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/", timeout=timeout) as page:
                return int(page.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def database_files(self) -> Path:
        return database_files(self.data)

    def processes(self) -> dict[int, str]:
        """Everything that runs for this folder, ours and PostgreSQL's."""
        files = self.database_files()
        found = {}
        for entry in Path("/proc").glob("[0-9]*"):
            try:
                line = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode()
                around = (entry / "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            ours = f"GOLDENTHREAD_DATA={self.data}".encode() in around
            if line and (ours or str(self.data) in line or f"-D {files} " in line):
                found[int(entry.name)] = line
        return found

    def pids_of(self, part: str) -> set[int]:
        """The processes whose command says so; those being started again are waited for."""
        found: set[int] = set()

        def seen() -> bool:
            found.update(pid for pid, line in self.processes().items() if part in line)
            return bool(found)

        wait_until(seen)
        return found


def database_files(data: Path) -> Path:
    link = data / "postgresql-18"
    return link.readlink() if link.is_symlink() else link


def clear(data: Path) -> None:
    """Remove a folder, and its database where it lives elsewhere, as it does for root."""
    files = database_files(data)
    if files.parent != data:
        shutil.rmtree(files.parent)
    shutil.rmtree(data)


def wait_until(true, within: float = PATIENCE) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline, "it took too long"
        time.sleep(0.05)
