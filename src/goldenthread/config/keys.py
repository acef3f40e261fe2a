"""The keys that stand outside the database and its backups, in one file only its owner may read."""

import base64
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet


@dataclass(frozen=True)
class Keys:
    """Django's secret, the pepper of receipts and marks, and the keys that seal contacts."""

    secret_key: str
    pepper: bytes
    sealing: list[str]


def make_keys(path: Path) -> None:
    """Write fresh keys to `path`, readable by its owner alone; what is there is left as it is."""
    if path.exists():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = {
        "secret_key": secrets.token_urlsafe(50),
        "pepper": base64.b64encode(secrets.token_bytes(32)).decode(),
        "sealing": [Fernet.generate_key().decode()],
    }
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        json.dump(fresh, file)


def keys_for(path: str | None) -> Keys:
    """Read the keys file; without one (tests, migrations) use keys of this process alone."""
    if path is None:
        return Keys(
            secrets.token_urlsafe(50), secrets.token_bytes(32), [Fernet.generate_key().decode()]
        )
    found = json.loads(Path(path).read_text())
    return Keys(found["secret_key"], base64.b64decode(found["pepper"]), found["sealing"])
