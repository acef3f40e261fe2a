"""The settings file: systemd, a shell and we read it; whoever runs the machine may add to it."""

import grp
import os
import shlex

from places import SETTINGS, USER

HEAD = "# Settings of Golden Thread: docs/reference/settings.md. After a change: deploy/install\n"


def kept() -> dict[str, str]:
    """Return what is set."""
    if not SETTINGS.exists():
        return {}
    lines = (line.strip() for line in SETTINGS.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def keep(given: dict[str, str]) -> None:
    """Write what is set, beside what was there; only root and the product can read it."""
    SETTINGS.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    lines = [f"{name}='{value}'\n" for name, value in (kept() | given).items()]
    draft = SETTINGS.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w") as written:
        written.writelines([HEAD, *lines])
    os.chown(draft, 0, grp.getgrnam(USER).gr_gid)
    draft.replace(SETTINGS)
