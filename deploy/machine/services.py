"""Starting and stopping: by systemd, or by ourselves where there is none (in a chroot)."""

import os
import shlex
import signal
import subprocess
import time
from pathlib import Path

from places import BACKUPS, CADDYFILE, COMMAND, CURRENT, DATA, HOME, SHUT, UNIT, UNIT_OWN
from settings import backups_folder
from system import Problem, as_user, do, product

STOPS_WITHIN = 100.0
CADDY = "caddy"
PIDS = {"goldenthread": Path("/run/goldenthread.pid"), CADDY: Path("/run/goldenthread-caddy.pid")}
LOGS = {
    "goldenthread": Path("/var/log/goldenthread.log"),
    CADDY: Path("/var/log/goldenthread-caddy.log"),
}
RUNNING_REQUESTS = 3.0  # seconds for what was sent before the door was shut


def by_systemd() -> bool:
    """Whether systemd looks after this machine."""
    return Path("/run/systemd/system").is_dir()


def switch(release: Path) -> None:
    """Make a version the one that runs at the next start, with its own unit and command."""
    draft = HOME / "current.new"
    draft.unlink(missing_ok=True)
    draft.symlink_to(release)
    draft.replace(CURRENT)
    for name, place in (("goldenthread.service", UNIT), ("goldenthread", COMMAND)):
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes((release / "deploy" / name).read_bytes())
    COMMAND.chmod(0o755)
    _open_for_backups(backups_folder())
    if by_systemd():
        do("systemctl", "daemon-reload")


def _open_for_backups(folder: Path | None) -> None:
    """Let the service write where its backups go, if that is neither of its own two folders."""
    UNIT_OWN.unlink(missing_ok=True)
    if folder is None or BACKUPS in (folder, *folder.parents) or DATA in (folder, *folder.parents):
        return
    UNIT_OWN.parent.mkdir(parents=True, exist_ok=True)
    # With “-” a disk that is away keeps nobody from being heard; “doctor” tells of the backup.
    line = f'ReadWritePaths="-{folder}"'
    UNIT_OWN.write_text(f"[Service]\n{line.replace('%', '%%')}\n")


def start() -> None:
    """Start the product; it starts again with the machine."""
    if by_systemd():
        do("systemctl", "enable", "--quiet", "goldenthread")
        do("systemctl", "restart", "goldenthread")
        return
    stop()
    line = next(each for each in UNIT.read_text().splitlines() if each.startswith("ExecStart="))
    _start_alone("goldenthread", shlex.split(line.partition("=")[2]), as_user())


def stop() -> None:
    """Stop the product in order."""
    if by_systemd():
        do("systemctl", "stop", "goldenthread")
    else:
        _stop_alone("goldenthread")


def start_caddy() -> None:
    """Start Caddy, or let it read its file again."""
    if by_systemd():
        do("systemctl", "enable", "--quiet", CADDY)
        do("systemctl", "reload-or-restart", CADDY)
        return
    if _pid(CADDY) is not None:
        do("caddy", "reload", "--force", "--config", CADDYFILE)
        return
    # As its unit of systemd does: its own user, which may listen on ports 80 and 443.
    as_caddy = ["setpriv", "--reuid=caddy", "--regid=caddy", "--init-groups"]
    as_caddy += ["--inh-caps=+net_bind_service", "--ambient-caps=+net_bind_service"]
    around = {"PATH": os.defpath, "HOME": "/var/lib/caddy"}
    command = [*as_caddy, "caddy", "run", "--config", str(CADDYFILE)]
    _start_alone(CADDY, command, {"env": around})


def shut_door() -> None:
    """Let nobody in from now on; what is on its way may end.

    Whoever watches may lose their line: what is done behind a shut door comes to its end without.
    """
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    SHUT.touch()
    time.sleep(RUNNING_REQUESTS)


def open_door() -> None:
    """Let people in."""
    SHUT.unlink(missing_ok=True)


class Trial:
    """A version on trial: it answers behind the shut door, and does no background work."""

    def __init__(self, release: Path, port: int) -> None:
        command = product(release, "serve", "--port", port, "--no-worker")
        self.log = LOGS["goldenthread"].with_name("goldenthread-trial.log")
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log, **as_user())

    def ended(self) -> bool:
        return self.process.poll() is not None

    def last_words(self) -> str:
        """What it said last: where it ended by itself, the reason."""
        lines = [line for line in self.log.read_text(errors="replace").splitlines() if line.strip()]
        return lines[-1] if lines else "nothing"

    def stop(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def _start_alone(name: str, command: list[str], options: dict[str, object]) -> None:
    with LOGS[name].open("ab") as log:
        process = subprocess.Popen(
            command,
            stdout=log,
            stderr=log,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            **options,
        )
    PIDS[name].write_text(str(process.pid))


def _pid(name: str) -> int | None:
    """The process that we started, if it is still there."""
    if not PIDS[name].exists():
        return None
    pid = int(PIDS[name].read_text())
    try:
        status = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        line = Path(f"/proc/{pid}/cmdline").read_bytes().decode()
    except OSError:
        return None
    return pid if name in line and status != "Z" else None


def _stop_alone(name: str) -> None:
    pid = _pid(name)
    if pid is None:
        return
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOPS_WITHIN
    while _pid(name) is not None:
        if time.monotonic() > deadline:
            raise Problem("Golden Thread does not stop.")
        time.sleep(0.2)
