"""The versions we may take: a bare copy of the repository, and releases unpacked from it."""

import os
import shutil
import subprocess
from pathlib import Path

from places import CHECKOUT, CURRENT, RELEASES, SOURCE
from system import Problem, do, say

READY = ".ready"
# The checkout may belong to the person who fetched it; we are root, and only read it.
TRUSTING = {
    "GIT_CONFIG_COUNT": "1",
    "GIT_CONFIG_KEY_0": "safe.directory",
    "GIT_CONFIG_VALUE_0": "*",
    "GIT_TERMINAL_PROMPT": "0",
}
LOOK_OVER = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "goldenthread.config.settings"
import goldenthread.config.rsgi, goldenthread.config.worker
from django.urls import get_resolver
get_resolver().url_patterns
"""
MAKE = "from goldenthread.config.bootstrap import environment; environment('run')"


def git(*given: object) -> str:
    """Run git."""
    return do("git", *given, env=os.environ | TRUSTING)


def take_checkout() -> str:
    """Keep all versions of the checkout we stand in, and return the one it shows."""
    if CHECKOUT.parent == RELEASES:  # run from a version that is installed
        return CHECKOUT.name
    if not (CHECKOUT / ".git").exists():
        raise Problem(f"{CHECKOUT} is no git checkout: fetch Golden Thread with git clone.")
    if not SOURCE.exists():
        git("init", "--quiet", "--bare", SOURCE)
        git("-C", SOURCE, "remote", "add", "origin", _origin())
    git("-C", SOURCE, "fetch", "--quiet", "--tags", "--force", CHECKOUT, "+HEAD:refs/installed")
    return git("-C", SOURCE, "rev-parse", "refs/installed^{commit}")


def _origin() -> str:
    """Where newer versions come from: whence the checkout came, or the checkout itself."""
    try:
        origin = git("-C", CHECKOUT, "remote", "get-url", "origin")
    except Problem:
        return str(CHECKOUT)
    nearby = CHECKOUT / origin
    return str(nearby.resolve()) if nearby.exists() else origin


def fetch(wanted: str) -> str:
    """Ask for newer versions; return the commit that `wanted` names, without it the newest.

    :raises Problem: there is no such version, or the source cannot be reached
    """
    git("-C", SOURCE, "fetch", "--quiet", "--tags", "--force", "origin",
        "+HEAD:refs/newest", "+refs/heads/*:refs/heads/*")  # fmt: skip
    try:
        return git("-C", SOURCE, "rev-parse", "--verify", f"{wanted or 'refs/newest'}^{{commit}}")
    except Problem:
        raise Problem(f"There is no version {wanted}.") from None


def release_of(commit: str) -> Path:
    """The folder of a version."""
    return RELEASES / commit


def is_ready(release: Path) -> bool:
    """Whether a version can be run."""
    return (release / READY).exists()


def make(commit: str) -> Path:
    """Unpack a version and install what it needs beside the others; the one that runs is left."""
    release = release_of(commit)
    if is_ready(release):
        return release
    say(f"Unpacking version {commit[:12]} …")
    shutil.rmtree(release, ignore_errors=True)
    release.mkdir(parents=True)
    _unpack(commit, release)
    (release / "COMMIT").write_text(f"{commit}\n")
    _borrow(release)
    # Where the administrator stands others may have put files, which Python would take for its own.
    python = ["/usr/bin/python3", "-c", MAKE]
    env = os.environ | {"PYTHONPATH": str(release / "src")}
    if subprocess.run(python, env=env, check=False, cwd=release).returncode != 0:
        raise Problem("What this version needs could not be installed; the reason stands above.")
    # The product's user may not write here: without this each start would compile all anew.
    python = release / ".venv/bin/python"
    compiled = [python, "-m", "compileall", "-q", release / "src"]
    subprocess.run(compiled, check=False, cwd=release)
    subprocess.run([python, "-W", "ignore", "-c", LOOK_OVER], check=False, cwd=release)
    (release / READY).touch()
    return release


def _borrow(release: Path) -> None:
    """Begin with what is installed for the version that runs: most of it is the same.

    Links to the same files cost neither time nor space; whatever is changed becomes a new file.
    """
    old = current()
    if old is None or not (old / ".venv").exists():
        return
    do("cp", "-al", old / ".venv", release / ".venv")
    for program in (release / ".venv/bin").iterdir():
        if program.is_symlink() or not program.is_file():
            continue
        content = program.read_bytes()
        if content.startswith(b"#!" + os.fsencode(old)):
            program.unlink()
            program.write_bytes(content.replace(os.fsencode(old), os.fsencode(release), 1))
            program.chmod(0o755)


def _unpack(commit: str, release: Path) -> None:
    command = ["git", "-C", SOURCE, "archive", commit]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as archive:
        taken = subprocess.run(["tar", "-x", "-C", release], stdin=archive.stdout, check=False)
    if archive.returncode or taken.returncode:
        raise Problem("The version could not be unpacked; the reason stands above.")


def current() -> Path | None:
    """The version that runs; none before the first."""
    return CURRENT.resolve() if CURRENT.is_symlink() else None


def forget_all_but(*kept: Path) -> None:
    """Remove other versions."""
    for release in RELEASES.iterdir():
        if release not in kept:
            shutil.rmtree(release)
