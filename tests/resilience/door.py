"""The web server and the database of an installation, each to be killed without the other."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request

import psycopg
from tests.resilience.house import ROOT, House, free_port, own_environment, wait_until

from goldenthread.kit.database import Server

FRONT = "goldenthread.config.rsgi:front"


class Door:
    """Opens onto the folder of a house that was stopped; nobody starts again what dies."""

    def __init__(self, house: House, *, front: str = FRONT) -> None:
        self.server = Server(house.data)
        self.port = free_port()
        self.data = house.data
        self.front = front
        self.pages: subprocess.Popen[bytes] | None = None

    def open(self) -> None:
        self.server.start()
        self.start_pages()

    def start_pages(self) -> None:
        given = {
            "GOLDENTHREAD_DATA": str(self.data),
            "GOLDENTHREAD_KEYS": str(self.data / "keys.json"),
            "DATABASE_URL": self.server.url,
            "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        options = ["--interface", "rsgi", "--port", str(self.port), "--http", "1", "--workers", "2"]
        quiet = ["--no-ws", "--no-access-log", "--log-level", "critical"]
        self.pages = subprocess.Popen(
            [sys.executable, "-m", "granian", *options, *quiet, self.front],
            cwd=ROOT,
            env=own_environment() | given,
            start_new_session=True,
        )
        wait_until(lambda: self.page() == 200)

    def page(self, path: str = "/help/", timeout: float = 5.0) -> int:
        """Return the status of a page; 0 when nothing answers."""
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}{path}", timeout=timeout
            ) as p:
                return int(p.status)
        except urllib.error.HTTPError as error:
            return error.code
        except OSError:
            return 0

    def kill_pages(self) -> None:
        os.killpg(self.pages.pid, signal.SIGKILL)
        self.pages.wait()

    def kill_database(self, how: signal.Signals) -> None:
        """Kill PostgreSQL: SIGQUIT is `pg_ctl -m immediate`, SIGKILL is harder."""
        note = self.server.files / "postmaster.pid"
        os.kill(int(note.read_text().split()[0]), how)
        wait_until(lambda: not self.server.alive())
        self.server.stop()

    def rows(self, query: str, *values: object) -> list[tuple]:
        with psycopg.connect(self.server.url) as connection:
            return connection.execute(query, values).fetchall()

    def close(self) -> None:
        if self.pages is not None and self.pages.poll() is None:
            self.kill_pages()
        self.server.stop()
