"""Whether the record matched when it was last verified: a file, since the database may be wrong."""

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from goldenthread.kit import keyfile
from goldenthread.thread.verifying import verify


@dataclass(frozen=True)
class Verified:
    """What verifying found, and when."""

    at: datetime
    size: int
    faults: list[str]


def verify_and_note(data: Path, *, now: datetime) -> Verified:
    """Verify the whole record and note what was found."""
    report = verify()
    found = Verified(now, report.size, [fault.sentence for fault in report.faults])
    kept = {"at": now.isoformat(), "size": found.size, "faults": found.faults}
    keyfile.write((data / "last-verified.json").resolve(), kept)  # where machines share it, too
    return found


def last(data: Path) -> Verified | None:
    """Return what was found last; none if nobody has looked."""
    path = data / "last-verified.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    return Verified(datetime.fromisoformat(kept["at"]), kept["size"], kept["faults"])
