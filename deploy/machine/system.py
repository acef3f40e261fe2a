"""Programs of the system, run for us; what goes wrong becomes one sentence."""

import fcntl
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from places import CURRENT, DATA, HOME, LOCK, USER
from settings import kept


class Problem(Exception):
    """It cannot go on; the message is one plain sentence."""


def say(sentence: str) -> None:
    """Tell the person who waits; where their line is lost, what was begun goes on."""
    try:
        print(sentence, flush=True)
    except OSError:
        sys.stdout = Path(os.devnull).open("w")  # noqa: SIM115 -- to the end


def told(error: BaseException) -> str:
    """What went wrong, as one sentence."""
    if isinstance(error, KeyboardInterrupt):
        return "Stopped."
    if isinstance(error, OSError):
        return f"The system refused: {error}."
    return str(error) if isinstance(error, Problem) else f"Something went wrong: {error!r}."


def write_whole(path: Path, text: str) -> None:
    """Write a file so that a power cut leaves the old one or the new one, never half of it."""
    draft = path.with_suffix(".new")
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    folder = os.open(path.parent, os.O_RDONLY)
    os.fsync(folder)
    os.close(folder)


def do(*command: object, env: dict[str, str] | None = None) -> str:
    """Run a program of the system and return what it said.

    :raises Problem: it failed
    """
    words = [str(word) for word in command]
    done = subprocess.run(words, env=env, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        said = [line.strip() for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        raise Problem(f"“{' '.join(words[:4])}” failed: {said[-1] if said else 'no reason'}")
    return done.stdout.strip()


def product(release: Path, *given: object) -> list[str]:
    """Return a command of the product, of one version."""
    python = release / ".venv/bin/python"
    return [str(python), "-m", "goldenthread", "--data", str(DATA), *map(str, given)]


def as_user() -> dict[str, object]:
    """How the product's programs are started: its own user, its settings, nothing of ours."""
    around = {"PATH": os.defpath, "LANG": "C.UTF-8", "HOME": str(DATA)}
    user = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    return {"env": around | kept(), "cwd": HOME, "umask": 0o077, **user}


def goldenthread(*given: object, release: Path = CURRENT, shown: bool = False) -> str:
    """Run one command of the product and return what it printed; `shown` prints it instead.

    :raises Problem: it ended with anything but 0
    """
    streams = {} if shown else {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    done = subprocess.run(product(release, *given), text=True, check=False, **streams, **as_user())
    if done.returncode != 0:
        said = (done.stderr or done.stdout or "the reason stands above").strip().splitlines()
        raise Problem(f"“goldenthread {given[0]}” failed: {said[-1]}")
    return (done.stdout or "").strip()


@contextmanager
def alone() -> Iterator[None]:
    """Let nobody else change this machine meanwhile.

    :raises Problem: somebody does
    """
    HOME.mkdir(mode=0o755, parents=True, exist_ok=True)
    with LOCK.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Problem("Somebody is changing this machine already: wait for them.") from None
        yield


def need_root() -> None:
    """Go on as root only.

    :raises Problem: we are somebody else
    """
    if os.geteuid() != 0:
        raise Problem("Run this as root.")


def stop(error: BaseException) -> None:
    """Say why it could not be, and leave."""
    print(told(error), file=sys.stderr)
    raise SystemExit(2)
