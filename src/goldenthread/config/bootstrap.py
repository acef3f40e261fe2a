"""From a fresh checkout to an environment that can run: `./run` and `./test` begin here.

Standard library only, since nothing is installed yet.
"""

import hashlib
import importlib.util
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

ROOT = Path(__file__).resolve().parents[3]
ENVIRONMENT = ROOT / ".venv"
PYTHON = ENVIRONMENT / "bin" / "python"
INSTALLED = ENVIRONMENT / "installed-requirements"
SPACE_NEEDED = 600 * 1024 * 1024  # bytes for the environment and an empty database
WITHIN = {"run": ("run",), "dev": ("dev", "run")}  # what each list of requirements covers


def stop(sentence: str) -> NoReturn:
    """Say one sentence and leave."""
    print(sentence, file=sys.stderr)
    raise SystemExit(2)


def environment(requirements: str) -> Path:
    """Return the Python of an environment that holds `requirements` ("run" or "dev")."""
    wanted = _fingerprint(requirements)
    if not PYTHON.exists() or wanted not in _installed():
        _check_space()
        if not _usable():
            _create()
        _install(requirements)
        INSTALLED.write_text("\n".join(_fingerprint(each) for each in WITHIN[requirements]))
    return PYTHON


def _fingerprint(requirements: str) -> str:
    content = (ROOT / "requirements" / f"{requirements}.txt").read_bytes()
    return f"{requirements} {ROOT} {hashlib.sha256(content).hexdigest()}"


def _installed() -> list[str]:
    return INSTALLED.read_text().splitlines() if INSTALLED.exists() else []


def _check_space() -> None:
    free = shutil.disk_usage(ROOT).free
    if free < SPACE_NEEDED:
        stop(f"The disk is full: {free // 2**20} MB are free, about 600 MB are needed.")


def _usable() -> bool:
    """Whether the environment runs, and something can install into it."""
    if not PYTHON.exists():
        return False
    check = [str(PYTHON), "-c", "import sys" if shutil.which("uv") else "import pip"]
    return subprocess.run(check, capture_output=True, check=False).returncode == 0


def _create() -> None:
    print("Making a Python environment in .venv …", flush=True)
    if uv := shutil.which("uv"):
        _do([uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(ENVIRONMENT)])
        return
    if importlib.util.find_spec("ensurepip") is None:
        _fetch_venv()
    _do([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)])


def _fetch_venv() -> None:
    """Debian and Ubuntu keep the module that makes environments in a package of its own."""
    line = "apt-get update && apt-get install -y python3-venv"
    if not _may_install():
        stop(f"Python's venv module is missing; install it and start again, on Debian: {line}")
    apt("python3-venv")


def apt(package: str) -> None:
    """Install a package of the system, as root on Debian and its relatives."""
    print(f"Installing {package} …", flush=True)
    quiet = dict(os.environ, DEBIAN_FRONTEND="noninteractive")
    _do(["apt-get", "-qq", "update"], quiet)
    _do(["apt-get", "-qq", "install", "-y", "--no-install-recommends", package], quiet)


def _install(requirements: str) -> None:
    print("Installing what Golden Thread needs; the first time takes a minute …", flush=True)
    uv = shutil.which("uv")
    pip = [uv, "pip"] if uv else [str(PYTHON), "-m", "pip"]
    options = ["--quiet"]
    options += ["--python", str(PYTHON)] if uv else ["--disable-pip-version-check", "--no-compile"]
    pinned = f"{ROOT / 'requirements' / requirements}.txt"
    wheels = ["--only-binary", ":all:"]
    _do([*pip, "install", *options, *wheels, "--require-hashes", "-r", pinned])
    _do([*pip, "install", *options, "--no-deps", "--no-build-isolation", "--editable", str(ROOT)])


def _do(command: list[str], env: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    if done.returncode == 0:
        return
    told = done.stderr + done.stdout
    if "No space left on device" in told:
        stop("The disk is full: make room and start again.")
    if "connection broken" in told or "Could not fetch URL" in told:
        stop("The package index cannot be reached: check the network and start again.")
    last = next((line.strip() for line in reversed(told.splitlines()) if line.strip()), "no reason")
    stop(f"“{' '.join(command[:4])} …” failed: {last}")


def browser(python: Path) -> str:
    """Return the browser of the journeys; it is fetched when there is none, never left out."""
    _check_driver(python)
    named = os.environ.get("CHROME")
    if named and not shutil.which(named):
        stop(f"CHROME names {named}, which is not a program.")
    if not (named or shutil.which("chromium")):
        if not _may_install():
            return _playwrights_own(python)
        apt("chromium")
    return named or shutil.which("chromium") or ""


def _may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _check_driver(python: Path) -> None:
    """Playwright's driver needs a library that the smallest Debian leaves out."""
    ask = [str(python), "-m", "playwright", "--version"]
    if subprocess.run(ask, capture_output=True, check=False).returncode == 0:
        return
    if not _may_install():
        stop("Playwright does not start; on Debian: apt-get install -y libatomic1")
    apt("libatomic1")


def _playwrights_own(python: Path) -> str:
    print("Fetching Chromium for the browser tests …", flush=True)
    _do([str(python), "-m", "playwright", "install", "chromium"])
    ask = "from playwright.sync_api import sync_playwright as p; s = p().start()"
    path = [str(python), "-c", f"{ask}; print(s.chromium.executable_path); s.stop()"]
    return subprocess.run(path, capture_output=True, text=True, check=True).stdout.strip()
