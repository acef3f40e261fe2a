"""The file of keys outside the database: read, and written anew without being half there."""

import json
import os
from pathlib import Path
from typing import Any


def read(path: Path) -> dict[str, Any]:
    """Return what the file holds; nothing when there is none."""
    return dict(json.loads(path.read_text())) if path.exists() else {}


def write(path: Path, keys: dict[str, Any]) -> None:
    """Put a new file in its place, readable by its owner alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(keys, file)
        file.flush()
        os.fsync(file.fileno())
    new.replace(path)
