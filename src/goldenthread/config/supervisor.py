"""Everything up, in order; kept up; down again, in order. One process looks after the others."""

import errno
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import NoReturn

from goldenthread.config.children import Child, clear_strays
from goldenthread.config.installation import Installation, check_reachable
from goldenthread.config.problems import Problem
from goldenthread.config.restoring import refuse_unfinished
from goldenthread.kit.database import DatabaseProblem, Server, Watchdog

SPACE_NEEDED = 100 * 1024 * 1024
READY_WITHIN = 180.0  # seconds; a small machine that is busy takes its time
EXAMPLE_IS_HERE = "The worked example is loaded: the sign-in page lists the people to try it as."
REST = 5.0  # seconds between two tries to start a database that does not
NOTICED_WITHIN = 3.0  # seconds: a proxy before several machines asks each second who is ready


@dataclass(frozen=True)
class Wishes:
    """What the person who starts it asked for."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    example: bool = False
    worker: bool = True
    processes: int | None = None


class _Stop(BaseException):
    """We were asked to stop."""


def serve(wishes: Wishes) -> None:
    """Bring everything up and look after it until asked to stop."""
    signal.signal(signal.SIGTERM, _asked_to_stop)
    signal.signal(signal.SIGINT, _asked_to_stop)
    with ExitStack() as after:
        try:
            _run(wishes, after)
        except _Stop:
            print("\nStopping …", flush=True)
        finally:
            signal.signal(signal.SIGTERM, signal.SIG_IGN)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
    print("Stopped.", flush=True)


def _asked_to_stop(_number: int, _frame: FrameType | None) -> NoReturn:
    raise _Stop


def _run(wishes: Wishes, after: ExitStack) -> None:
    installation = Installation(wishes.data)
    refuse_unfinished(installation.data)
    installation.prepare()
    check_space(installation.data)
    after.callback(installation.lock().acquire().release)
    clear_strays(installation.data)
    _check_port(wishes)
    os.environ.setdefault("GOLDENTHREAD_URL", f"http://localhost:{wishes.port}")
    installation.remember()
    watchdog = after.enter_context(Watchdog())
    server = _database(installation, watchdog, after)
    _prepare(example=wishes.example)
    web, *others = _children(wishes, installation, watchdog)
    running = _start([web], after)
    waits = installation.example_wanted.exists()  # one writes its record, so the worker waits too
    running += [] if waits else _start(others, after)
    _wait_for_first_page(wishes, web)
    after.callback(_take_leave, installation)
    _greet(installation)
    if waits:
        example = Child(
            "example", [sys.executable, "-m", "goldenthread", "example", "load"], watchdog
        )
        _start([example], after)
        while not example.ended():
            _look_after(running, server, watchdog)
        _tell_of_example(installation)
        running += _start(others, after)
    while True:
        _look_after(running, server, watchdog)


def _start(children: list[Child], after: ExitStack) -> list[Child]:
    for child in children:
        after.callback(child.stop)
        child.start()
    return children


def check_space(folder: Path, *, needed: int = SPACE_NEEDED) -> None:
    """Refuse to start where there is no room to write."""
    free = shutil.disk_usage(folder).free
    if free < needed:
        raise Problem(f"The disk is full: only {free // 2**20} MB are free at {folder}.")


def _check_port(wishes: Wishes) -> None:
    with socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((wishes.host, wishes.port))
        except PermissionError:
            raise Problem(f"Port {wishes.port} needs root; choose one above 1023.") from None
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Problem(
                    f"Port {wishes.port} is taken by another program; choose another with --port."
                ) from None
            raise Problem(
                f"It cannot listen on {wishes.host}: name an address (IPv4) of this machine with "
                "--host."
            ) from None


def _several() -> bool:
    return os.environ.get("GOLDENTHREAD_NODES", "1") != "1"


def _take_leave(installation: Installation) -> None:
    """Say that we are not ready before we stop, and give a proxy time to send people elsewhere."""
    installation.stopping.touch()
    if _several():
        time.sleep(NOTICED_WITHIN)


def _database(installation: Installation, watchdog: Watchdog, after: ExitStack) -> Server | None:
    if installation.external:
        for url in filter(None, (installation.external, os.environ.get("GOLDENTHREAD_POOL_URL"))):
            check_reachable(url)
        installation.announce(installation.external)
        return None
    if _several():
        raise Problem("Several machines need one DATABASE_URL: each would keep its own voices.")
    print("Starting the database …", flush=True)
    server = Server(installation.data)
    check_space(server.files.parent)
    after.callback(server.stop)
    installation.announce(server.start(watchdog))
    return server


def _prepare(*, example: bool) -> None:
    """Tables and static files, in a process of their own so that we stay small."""
    print("Preparing tables and files …", flush=True)
    options = ["--example"] if example else []
    command = [sys.executable, "-m", "goldenthread", "prepare", *options]
    done = subprocess.run(command, check=False)
    if done.returncode != 0:
        raise Problem("Golden Thread could not be prepared; the reason stands above.")


def _of_pages(installation: Installation) -> dict[str, str]:
    """Pages go through the pooler, if there is one; they count what they answer in files."""
    installation.stopping.unlink(missing_ok=True)
    shutil.rmtree(installation.counts, ignore_errors=True)
    installation.counts.mkdir()
    pool = os.environ.get("GOLDENTHREAD_POOL_URL")
    return {
        "PROMETHEUS_MULTIPROC_DIR": str(installation.counts),
        "DATABASE_URL": pool or os.environ["DATABASE_URL"],
    }


def _children(wishes: Wishes, installation: Installation, watchdog: Watchdog) -> list[Child]:
    at_home = os.environ.get("GOLDENTHREAD_DEV") == "1"
    processes = wishes.processes or (1 if at_home else os.cpu_count() or 1)
    web = {
        "--interface": "rsgi",
        "--host": wishes.host,
        "--port": str(wishes.port),
        "--http": "1",
        "--workers": str(processes),
        "--http1-header-read-timeout": "10000",
        "--workers-kill-timeout": "10",
        "--log-level": "warning",
    }
    options = [part for option in web.items() for part in option]
    flags = ["--no-ws", "--no-access-log", "--respawn-failed-workers"]
    granian = [sys.executable, "-m", "granian", *options, *flags]
    pages = [*granian, "goldenthread.config.rsgi:front"]
    children = [Child("web", pages, watchdog, _of_pages(installation))]
    if wishes.worker:
        worker = [sys.executable, "-m", "goldenthread", "worker"]
        children.append(Child("worker", worker, watchdog))
    return children


def _wait_for_first_page(wishes: Wishes, web: Child) -> None:
    host = "127.0.0.1" if wishes.host in {"", "0.0.0.0"} else wishes.host  # noqa: S104 -- compared
    deadline = time.monotonic() + READY_WITHIN
    while not _answers(f"http://{host}:{wishes.port}/"):
        if web.ended() or time.monotonic() > deadline:
            raise Problem("The web server did not start; the reason stands above.")
        time.sleep(0.1)


def _answers(address: str) -> bool:
    try:
        urllib.request.urlopen(address, timeout=10).close()  # noqa: S310 -- our own address
    except urllib.error.HTTPError:
        return True
    except OSError:
        return False
    return True


def _greet(installation: Installation) -> None:
    print(f"\nGolden Thread is ready: {os.environ['GOLDENTHREAD_URL']}/", flush=True)
    if os.environ.get("GOLDENTHREAD_DEV") == "1" and "GOLDENTHREAD_MAIL" not in os.environ:
        mailbox = f"{os.environ['GOLDENTHREAD_URL']}/mailbox/"
        print(f"No mail is sent from here. Read all of them at {mailbox}", flush=True)
    print("Press Ctrl-C to stop.", flush=True)
    if installation.example_wanted.exists():
        print("Loading the worked example …", flush=True)
    elif installation.example_loaded.exists():
        print(EXAMPLE_IS_HERE, flush=True)


def _tell_of_example(installation: Installation) -> None:
    """It has marked the folder itself if it is there; if not, all goes on without it."""
    installation.example_wanted.unlink()
    loaded = installation.example_loaded.exists()
    failed = "The worked example could not be loaded; the reason stands above."
    print(EXAMPLE_IS_HERE if loaded else failed, flush=True)


def _look_after(children: list[Child], server: Server | None, watchdog: Watchdog) -> None:
    time.sleep(0.5)
    if server is not None and not server.alive():
        _start_again(server, watchdog)
    for child in children:
        child.look_after()


def _start_again(server: Server, watchdog: Watchdog) -> None:
    """Start a database that ended; where its disk is full, go on trying until there is room."""
    while True:
        server.stop()
        try:
            server.start(watchdog)
            return
        except DatabaseProblem as problem:
            print(f"{problem} Trying again in {REST:.0f} seconds.", flush=True)
        time.sleep(REST)
