"""An empty Debian of its own: files, processes and network apart from this machine's.

It reaches the registries of packages as this machine does, by a network of its own, and sees none
of this machine's ports; nobody sees its.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

CLOTHES = ("etc/apt", "etc/pip.conf", "etc/xdg/pip")  # how packages are reached
AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt"
OUR_AUTHORITIES = "/etc/registries.pem"  # theirs are written anew when Debian installs its own
NEEDED = ("debootstrap", "slirp4netns", "iproute2", "git")
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
NAMESERVER = "10.0.2.3"  # of slirp4netns
ASLEEP = """
set -e
mount --make-rprivate /
mount -t proc proc "$1/proc"
mount -t tmpfs tmpfs "$1/run"
mount --rbind /dev "$1/dev"
ip link set lo up
hostname empty
touch "$1/run/up"
exec chroot "$1" /bin/bash -c 'while :; do sleep 1000 & wait; done'
"""


def need_programs() -> None:
    """Install what makes empty machines; as root on Debian only."""
    missing = [
        name
        for name in NEEDED
        if subprocess.run(["dpkg", "-s", name], capture_output=True, check=False).returncode
    ]
    if missing:
        quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
        subprocess.run(["apt-get", "-qq", "update"], env=quiet, check=True)
        install = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", *missing]
        subprocess.run(install, env=quiet, check=True, stdout=subprocess.DEVNULL)


def release() -> str:
    """The Debian we run on: its mirror is at hand."""
    lines = Path("/etc/os-release").read_text().splitlines()
    return next(
        line.partition("=")[2].strip('"') for line in lines if line.startswith("VERSION_CODENAME=")
    )


def mirror() -> str:
    """Where this machine gets its packages from."""
    asked = ["apt-get", "indextargets", "--format", "$(REPO_URI) $(RELEASE)"]
    told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout
    return next(uri for uri, name in map(str.split, told.splitlines()) if name == release())


class Machine:
    """Debian as debootstrap leaves it, running."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.first: subprocess.Popen[bytes] | None = None
        self.network: subprocess.Popen[bytes] | None = None

    def make(self) -> None:
        made = os.environ.get("DEBOOTSTRAPPED")  # a folder made before, while one works on this
        if made:
            subprocess.run(["cp", "-a", made, self.root], check=True)
        else:
            command = ["debootstrap", "--variant=minbase", release(), str(self.root), mirror()]
            subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        for name in CLOTHES:
            here, there = Path("/", name), self.root / name
            if here.is_dir():
                shutil.rmtree(there, ignore_errors=True)
                shutil.copytree(here, there, symlinks=True)
            elif here.exists():
                there.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(here, there)
        shutil.copy(AUTHORITIES, self.root / OUR_AUTHORITIES[1:])
        (self.root / "etc/resolv.conf").write_text(f"nameserver {NAMESERVER}\n")
        (self.root / "etc/hosts").write_text("127.0.0.1 localhost voices.example.org\n")

    def start(self) -> None:
        apart = ["unshare", "--mount", "--pid", "--fork", "--net", "--uts", "--kill-child"]
        self.first = subprocess.Popen([*apart, "/bin/bash", "-c", ASLEEP, "-", str(self.root)])
        self._wait(lambda: self.inside("test", "-e", "/run/up").returncode == 0)
        given = [
            "--configure",
            "--disable-host-loopback",
            "--mtu=65520",
            str(self.first.pid),
            "tap0",
        ]
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        self.network = subprocess.Popen(["slirp4netns", *given], **quiet)
        self._wait(lambda: b"tap0" in self.inside("cat", "/proc/net/route", text=False).stdout)

    def inside(self, *command: object, text: bool = True, **options) -> subprocess.CompletedProcess:
        """Run one command in the machine, as root."""
        here = ["nsenter", f"--target={self._pid()}", "--mount", "--pid", "--net", "--uts"]
        kept = {name: value for name, value in os.environ.items() if name.startswith("PIP_")}
        env = kept | {"PATH": PATH, "HOME": "/srv", "PIP_CERT": OUR_AUTHORITIES}
        words = [*here, "chroot", str(self.root), *map(str, command)]
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT} | options
        return subprocess.run(words, env=env, text=text, check=False, **streams)

    def beside(self, *command: object) -> subprocess.Popen:
        """Start a program in the machine that goes on."""
        here = ["nsenter", f"--target={self._pid()}", "--mount", "--pid", "--net", "--uts"]
        words = [*here, "chroot", str(self.root), *map(str, command)]
        return subprocess.Popen(words, env={"PATH": PATH})

    def _pid(self) -> int:
        """The first process of the machine, as this one sees it."""
        children = (
            Path(f"/proc/{self.first.pid}/task/{self.first.pid}/children").read_text().split()
        )
        return int(children[0]) if children else self.first.pid

    def _wait(self, true, within: float = 60.0) -> None:
        deadline = time.monotonic() + within
        while not true():
            assert time.monotonic() < deadline, "the empty machine does not come up"
            time.sleep(0.1)

    def stop(self) -> None:
        """End every process of the machine, and remove its files."""
        for process in (self.network, self.first):
            if process is not None:
                process.kill()
                process.wait()
        shutil.rmtree(self.root, ignore_errors=True)
