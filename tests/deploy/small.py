"""`deploy/machine` on a small machine: all in one folder, with versions that only play at serving.

A version is a program of a few lines, which keeps house by files and can be made ill. So every way
an upgrade can go wrong is gone in seconds; the true story is told in `test_one_server.py`.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MACHINE = ROOT / "deploy" / "machine"
PLACE = re.compile(r'Path\("/')
QUICKER = {
    "RUNNING_REQUESTS = 3.0": "RUNNING_REQUESTS = 0.0",
    "WORKS_WITHIN = 120.0": "WORKS_WITHIN = 2.0",
    "time.sleep(2)": "time.sleep(0.1)",
    "time.sleep(0.5)": "time.sleep(0.1)",
}
PLAY = """#!{python}
import json, sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

data = Path(sys.argv[4])
act, *given = sys.argv[5:]
kind = (Path(sys.argv[0]).parents[2] / "kind").read_text()
heart = data / "heart"


class Page(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(503 if kind == "mute" else 200)
        self.end_headers()
        self.wfile.write(b'<link href="/static/kit.css">')

    def log_message(self, *_given):
        pass


if act == "state":
    beat = heart.read_text() if heart.exists() else None
    grown = [{{"name": "kit.0001_grown", "reversible": False}}] if "grown" in kind else []
    print(json.dumps({{"heartbeat": beat, "unknown": [], "waiting": grown, "written": 0}}))
elif act == "backup":
    (data / "last-backup.json").write_text(json.dumps({{"file": "x.backup"}}))
elif act == "restore":
    (data / "restored").write_text(" ".join(given))
elif act == "serve":
    if kind == "late":
        time.sleep(1)
    server = ThreadingHTTPServer(("127.0.0.1", int(given[given.index("--port") + 1])), Page)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    while True:
        time.sleep(0.05)
        if "--no-worker" not in given and "dead" not in kind:
            heart.with_suffix(".new").write_text(str(time.time()))
            heart.with_suffix(".new").replace(heart)
"""


class Small:
    """The machine: a folder that stands for its root."""

    def __init__(self, root: Path, port: int) -> None:
        self.root, self.port = root, port
        self.home = root / "opt/goldenthread"
        self.machine = root / "machine"
        for name in ("run", "var/log", "var/lib/goldenthread", "etc/goldenthread"):
            (root / name).mkdir(parents=True)
        self.machine.mkdir()
        for path in MACHINE.glob("*.py"):
            (self.machine / path.name).write_text(self._moved(path.read_text()))
        self.settings = root / "etc/goldenthread/settings"
        self.settings.write_text("GOLDENTHREAD_URL='https://voices.example.org'\n")
        self.upstream = root / "upstream"
        self._git("init", "--quiet", "--initial-branch", "well", self.upstream)
        self._git("clone", "--quiet", "--bare", self.upstream, self.home / "source.git")
        self.first = self.version("first")
        self.switch(self.first)
        self.python("import services; services.start()")

    def _moved(self, told: str) -> str:
        told = PLACE.sub(f'Path("{self.root}/', told)
        for long, short in QUICKER.items():
            told = told.replace(long, short)
        told = told.replace('USER = "goldenthread"', 'USER = "root"')
        return told.replace("PORT = 8000", f"PORT = {self.port}")

    def version(self, kind: str) -> str:
        """A version in the source, and made ready; returns its commit."""
        (self.upstream / "kind").write_text(kind)
        self._git("-C", self.upstream, "checkout", "--quiet", "-B", kind)
        self._git("-C", self.upstream, "add", "kind")
        self._git("-C", self.upstream, "commit", "--quiet", "--message", kind)
        commit = self._git("-C", self.upstream, "rev-parse", "HEAD").strip()
        release = self.home / "releases" / commit
        (release / ".venv/bin").mkdir(parents=True)
        (release / "deploy").mkdir()
        shutil.copy(ROOT / "deploy/goldenthread", release / "deploy")
        if kind != "bare":  # whose unit was forgotten
            unit = (ROOT / "deploy/goldenthread.service").read_text()
            unit = unit.replace("/opt/", f"{self.root}/opt/").replace("8000", str(self.port))
            unit = unit.replace("--data /var", f"--data {self.root}/var")
            (release / "deploy/goldenthread.service").write_text(unit)
        (release / "kind").write_text(kind)
        program = release / ".venv/bin/python"
        program.write_text(PLAY.format(python=sys.executable))
        program.chmod(0o755)
        (release / ".ready").touch()
        return commit

    def begin(self, *given: str, **streams) -> subprocess.Popen:
        """Begin an act of the administrator."""
        # Where tests run in the background Ctrl-C is ignored; this administrator's works.
        command = ["env", "--default-signal=INT", sys.executable, self.machine, *given]
        return subprocess.Popen(command, text=True, start_new_session=True, **streams)

    def told(self, *given: str, code: int = 0) -> str:
        """Do an act to its end, and return what it said."""
        act = self.begin(*given, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        said, _ = act.communicate(timeout=300)
        assert act.returncode == code, said
        return said

    def python(self, code: str, *given: str, at: Path | None = None) -> str:
        """Use a part of the machine by itself."""
        command = [sys.executable, "-c", f"import sys; given = sys.argv[1:]\n{code}", *given]
        done = subprocess.run(
            command, cwd=at or self.machine, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    def switch(self, commit: str) -> None:
        """Make a version the one that runs at the next start."""
        code = "import services, sources; services.switch(sources.release_of(given[0]))"
        self.python(code, commit)

    def running(self) -> str:
        return (self.home / "current").readlink().name

    def is_shut(self) -> bool:
        return (self.home / "shut").exists()

    def down(self) -> None:
        self.python("import services; services.stop()")

    def _git(self, *given: object) -> str:
        who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
        env = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
        command = ["git", *who, *map(str, given)]
        return subprocess.run(command, env=env, check=True, capture_output=True, text=True).stdout
