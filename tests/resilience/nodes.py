"""Two machines of Golden Thread, all on this one, each in a folder of its own.

One PostgreSQL, PgBouncer, Valkey (or Redis) and Caddy, with the files that `deploy/several` ships.
"""

import configparser
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

from tests.resilience.house import ROOT, House, command, free_port, own_environment, wait_until

from goldenthread.config import bootstrap
from goldenthread.config.keys import make_keys
from goldenthread.kit.database import Server, places

SHIPPED = ROOT / "deploy" / "several"
WANTED = {
    "pgbouncer": ("pgbouncer",),
    "caddy": ("caddy",),
    "valkey": ("valkey-server", "redis-server"),
}
FORMS_AN_HOUR = 300
TOKEN = "figures-for-nobody-but-the-operator"
ASKED = """
import json, sys, django
django.setup()
given = json.loads(sys.argv[1])
exec(sys.stdin.read())
print(json.dumps(answer))
"""


def program(name: str) -> str:
    """Return a program of the system; it is fetched when there is none, never left out."""
    path = os.pathsep.join([os.environ.get("PATH", ""), "/usr/sbin", "/sbin"])
    for package in WANTED[name]:
        if found := shutil.which(package, path=path):
            return found
    for package in WANTED[name]:
        asked = subprocess.run(["apt-cache", "show", package], capture_output=True, check=False)
        if asked.returncode == 0 or package == WANTED[name][-1]:
            bootstrap.apt(package)  # stops with the line to type if it cannot
            return shutil.which(package, path=path)
    raise AssertionError(name)


class Node(House):
    """One machine: pages and a worker."""

    def __init__(self, data: Path, around: "Several") -> None:
        super().__init__(data)
        self.around = around

    def keys(self) -> Path:
        return self.data / "keys.json"

    def launch(self) -> None:
        with self.said.open("wb") as said:
            self.process = subprocess.Popen(
                command(self.data, self.port),
                env=own_environment() | self.around.settings,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )

    def wait(self) -> None:
        wait_until(lambda: "is ready" in self.words() or not self.running(), within=900)
        assert self.running(), self.words()

    def kill(self) -> None:
        """End everything of this machine, as a power cut does."""
        for pid in self.processes():
            os.kill(pid, signal.SIGKILL)
        self.process.wait()


class Several:
    """What the machines have in common, and the machines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.site, self.pool, self.cache = free_port(), free_port(), free_port()
        self.server = Server(folder / "database")
        self.helpers: list[subprocess.Popen[bytes]] = []
        self.settings = {
            "GOLDENTHREAD_NODES": "2",
            "GOLDENTHREAD_URL": f"http://localhost:{self.site}",
            "GOLDENTHREAD_CACHE_URL": f"valkey://127.0.0.1:{self.cache}/0",
            "GOLDENTHREAD_SHARED": str(folder / "shared"),
            "GOLDENTHREAD_FORMS_AN_HOUR": str(FORMS_AN_HOUR),
            "GOLDENTHREAD_METRICS_TOKEN": TOKEN,
            "GOLDENTHREAD_LOGS": "json",
            "GOLDENTHREAD_STATIC": "django.contrib.staticfiles.storage.StaticFilesStorage",
            "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")]),
        }
        self.a, self.b = Node(folder / "a", self), Node(folder / "b", self)

    def up(self) -> None:
        """Start all; the two machines in the same moment, before an empty database."""
        self.settings["DATABASE_URL"] = self.server.start()
        pool = f"postgresql://goldenthread@127.0.0.1:{self.pool}/goldenthread"
        self.settings["GOLDENTHREAD_POOL_URL"] = pool
        self._start(program("valkey"), *self._valkey())
        self._start(program("pgbouncer"), "-q", *self._pgbouncer())
        self._same_keys()
        for each in (self.a, self.b):
            each.launch()
        for each in (self.a, self.b):
            each.wait()
        self._caddy()

    def down(self) -> None:
        """Stop all, and leave nothing on the disk."""
        for each in (self.a, self.b):
            if each.process is not None:
                each.clear()
        for each in self.helpers:
            each.kill()
            each.wait()
        self.server.stop()
        shutil.rmtree(self.server.files.parent, ignore_errors=True)

    def worker(self, module: str) -> "subprocess.Popen[bytes]":
        """Start a worker of the tests beside those of the machines."""
        line = [sys.executable, "-m", module]
        self.helpers.append(subprocess.Popen(line, env=self._straight(), cwd=ROOT))
        return self.helpers[-1]

    def _straight(self) -> dict[str, str]:
        """The environment of a program on the first machine, past the pooler."""
        own = {
            "DJANGO_SETTINGS_MODULE": "goldenthread.config.settings",
            "GOLDENTHREAD_DATA": str(self.a.data),
            "GOLDENTHREAD_KEYS": str(self.a.keys()),
        }
        return own_environment() | self.settings | own

    def ask(self, code: str, **given: object):
        """Run `code` in the program, straight on the database; it leaves its `answer`."""
        told = subprocess.run(
            [sys.executable, "-c", ASKED, json.dumps(given)],
            env=self._straight(), input=code, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert told.returncode == 0, told.stdout + told.stderr
        return json.loads(told.stdout.splitlines()[-1])

    def _start(self, *line: str, **env: str) -> None:
        with (self.folder / f"{Path(line[0]).name}.said").open("wb") as said:
            self.helpers.append(
                subprocess.Popen(
                    line, env=os.environ | env, stdout=said, stderr=said, cwd=self.folder
                )
            )

    def _valkey(self) -> list[str]:
        own = {"bind": "127.0.0.1", "port": str(self.cache), "dir": str(self.folder)}
        given = [part for name, value in own.items() for part in (f"--{name}", value)]
        return [str(SHIPPED / "valkey.conf"), *given]

    def _pgbouncer(self) -> list[str]:
        """The file we ship, with the addresses of this test and without passwords."""
        ini = configparser.ConfigParser()
        ini.read(SHIPPED / "pgbouncer.ini")
        ini["databases"]["goldenthread"] = (
            f"host={self.server.socket} dbname=goldenthread user=goldenthread"
        )
        own = {
            "listen_addr": "127.0.0.1",
            "listen_port": str(self.pool),
            "auth_type": "any",
            "unix_socket_dir": "",
        }
        ini["pgbouncer"].update(own)
        del ini["pgbouncer"]["auth_file"]
        path = self.server.files.parent / "pgbouncer.ini"  # where its account may read
        with path.open("w") as file:
            ini.write(file)
        owner = places.account()
        if owner.user is None:
            return [str(path)]
        os.chown(path, owner.user, owner.group)
        return ["-u", places.UNPRIVILEGED, str(path)]

    def _same_keys(self) -> None:
        for each in (self.a, self.b):
            each.data.mkdir()
        make_keys(self.a.keys())
        shutil.copy2(self.a.keys(), self.b.keys())

    def _caddy(self) -> None:
        self._start(
            program("caddy"), "run", "--adapter", "caddyfile",
            "--config", str(SHIPPED / "Caddyfile"),
            GOLDENTHREAD_SITE=f"http://localhost:{self.site}",
            GOLDENTHREAD_HOST=f"localhost:{self.site}",
            GOLDENTHREAD_MACHINES=f"127.0.0.1:{self.a.port} 127.0.0.1:{self.b.port}",
            XDG_DATA_HOME=str(self.folder), XDG_CONFIG_HOME=str(self.folder),
        )  # fmt: skip
