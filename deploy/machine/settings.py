"""The settings file: systemd, a shell and we read it; whoever runs the machine may add to it."""

import grp
import os
import shlex
from pathlib import Path

from places import BACKUPS, SETTINGS, USER

HEAD = "# Settings of Golden Thread: docs/reference/settings.md. After a change: deploy/install"


def kept() -> dict[str, str]:
    """Return what is set."""
    if not SETTINGS.exists():
        return {}
    lines = (line.strip() for line in SETTINGS.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {name: "".join(shlex.split(value)) for name, _, value in pairs}


def backups_folder() -> Path | None:
    """Where each night's backup goes; none where nobody wants any."""
    named = kept().get("GOLDENTHREAD_BACKUPS", str(BACKUPS))
    return None if named == "off" else Path(named)


def keep(given: dict[str, str]) -> None:
    """Write what is set; other lines stay as they are. Only root and the product can read it."""
    SETTINGS.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
    before = SETTINGS.read_text().splitlines() if SETTINGS.exists() else [HEAD]
    old = kept()
    others = {name: f"{name}='{value}'" for name, value in given.items() if old.get(name) != value}
    lines = [others.get(line.partition("=")[0].strip(), line) for line in before]
    lines += [line for name, line in others.items() if name not in old]
    draft = SETTINGS.with_suffix(".new")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o640), "w") as written:
        written.writelines(f"{line}\n" for line in lines)
    os.chown(draft, 0, grp.getgrnam(USER).gr_gid)
    draft.replace(SETTINGS)
