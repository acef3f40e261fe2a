"""From one version to another and back, so that nothing anybody was thanked for is lost.

From the moment the door is shut until a version was found well nobody can write. So a backup made
behind the shut door holds everything, and putting it back loses nothing.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import health
import services
import sources
from places import BEFORE, DATA, MOVING, PORT
from system import Problem, goldenthread, say, told, write_whole

CHANGES_WITHIN = 3600.0  # seconds for changes of large tables


def upgrade(wanted: str) -> int:
    """Go to the version `wanted`; returns 1 when it was not well and we went back."""
    old = sources.current()
    if old is None:
        raise Problem("Nothing is installed yet: run deploy/install.")
    if MOVING.exists():
        raise Problem("An upgrade was interrupted.")
    say("Asking for newer versions …")
    new = sources.make(sources.fetch(wanted))
    if new == old:
        say(f"This is version {old.name[:12]} already.")
        return 0
    changed = _tell_changes(new)
    if not changed:
        _back_up(old)  # nothing will have to be put back, so people need not wait for it
    _note_moving(old, new, None)
    try:
        _shut()
        backup = _back_up(old) if changed else None
        _note_moving(old, new, backup)
        _try_out(new)
        after = _run(new)
        note = {"version": old.name, "backup": backup, "written": after["written"], "at": _now()}
        write_whole(BEFORE, json.dumps(note))
    except (Exception, KeyboardInterrupt) as error:  # noqa: BLE001 -- whatever it was, the door opens
        say(f"Version {new.name[:12]} is not well. {told(error)}")
        _back()
        return 1
    MOVING.unlink()
    services.open_door()
    sources.forget_all_but(old, new)
    say(f"Version {new.name[:12]} is running. “rollback” goes back to {old.name[:12]}.")
    return 0


def rollback() -> int:
    """Go back to the version before; returns 1 when that would lose what people wrote."""
    if MOVING.exists():
        say("An upgrade was interrupted.")
        _back()
        return 0
    if not BEFORE.exists():
        raise Problem("There is no version to go back to.")
    note = json.loads(BEFORE.read_text())
    new, old = sources.current(), sources.release_of(note["version"])
    if new is None or not sources.is_ready(old):
        raise Problem(f"Version {old.name[:12]} is not here any more.")
    changed = health.state(old)["unknown"]  # what the older does not know
    if not changed:
        _back_up(new)
    _note_moving(new, old, None)
    _shut()
    if changed and health.state(new)["written"] != note["written"]:
        return _stay(new, note["at"])
    try:
        if changed:
            _note_moving(new, old, note["backup"])  # cut short, it is to be put back once more
            _put_back(old, note["backup"])
        _run(old)
    except Exception:
        say("The version before does not come up; see the log.")
        raise
    MOVING.unlink()
    BEFORE.unlink()
    services.open_door()
    say(f"Version {old.name[:12]} is running again.")
    return 0


def _stay(new: Path, at: str) -> int:
    _run(new)
    MOVING.unlink()
    services.open_door()
    say(
        f"Since the upgrade ({at}) the tables are others, and people have written. Going back "
        "would lose what they wrote, so nothing was changed. Upgrade to a version with the fault "
        "mended; see docs/how-to/upgrade-and-roll-back.md."
    )
    return 1


def _tell_changes(new: Path) -> bool:
    """Say which changes of tables come with a version; whether there are any.

    :raises Problem: the tables are those of a newer one
    """
    found = health.state(new)
    if found["unknown"]:
        raise Problem(f"The tables are newer than this version ({found['unknown'][0]}).")
    for change in found["waiting"]:
        undone = "" if change["reversible"] else ", and cannot be undone but by the backup"
        say(f"It changes tables: {change['name']}{undone}.")
    return bool(found["waiting"])


def _shut() -> None:
    say("Shutting the door for a few minutes …")
    services.shut_door()
    services.stop()


def _note_moving(old: Path, new: Path, backup: str | None) -> None:
    write_whole(MOVING, json.dumps({"old": old.name, "new": new.name, "backup": backup}))


def _back_up(release: Path) -> str:
    say("Backing up …")
    goldenthread("backup", release=release)
    return str(json.loads((DATA / "last-backup.json").read_text())["file"])


def _try_out(new: Path) -> None:
    """Bring tables up to date, and see whether the pages answer, before any background work."""
    say("Trying it out behind the shut door …")
    trial = services.Trial(new, PORT)
    try:
        health.wait_until_well(trial.ended, within=CHANGES_WITHIN)
    except Problem as problem:
        raise Problem(f"{problem} Its last words: {trial.last_words()}") from None
    finally:
        trial.stop()


def _run(release: Path) -> dict[str, Any]:
    """Start a version behind the shut door, pages and background work; nothing runs before."""
    heartbeat = health.state(release)["heartbeat"]
    services.switch(release)
    services.start()
    health.wait_until_well()
    return health.wait_for_worker(heartbeat)


def _back() -> None:
    """Undo an upgrade that did not come to its end, then open the door."""
    note = json.loads(MOVING.read_text())
    old = sources.release_of(note["old"])
    say(f"Going back to version {old.name[:12]} …")
    services.shut_door()
    services.stop()
    if note["backup"]:
        _put_back(old, note["backup"])
    _run(old)
    MOVING.unlink()
    services.open_door()
    say(f"Version {old.name[:12]} is running as before; nothing is lost.")


def _put_back(release: Path, backup: str) -> None:
    say("Putting the tables back …")
    goldenthread("restore", backup, "--over", release=release)


def _now() -> str:
    return f"{datetime.now(UTC):%-d %B %Y, %H:%M} UTC"
