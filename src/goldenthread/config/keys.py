"""The keys that stand outside the database and its backups, in one file only its owner may read."""

import base64
import json
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet

from goldenthread.kit import keyfile


@dataclass(frozen=True)
class Keys:
    """Django's secret, the pepper of receipts and marks, what seals contacts and signs heads."""

    secret_key: str
    pepper: bytes
    sealing: list[str]
    record: bytes
    record_name: str = ""  # kept when the first head is signed


def make_keys(path: Path) -> None:
    """Write the keys that are missing to `path`, readable by its owner alone; others stay."""
    kept = keyfile.read(path)
    fresh = {
        "secret_key": secrets.token_urlsafe(50),
        "pepper": base64.b64encode(secrets.token_bytes(32)).decode(),
        "sealing": [Fernet.generate_key().decode()],
        "record": base64.b64encode(secrets.token_bytes(32)).decode(),
    }
    if fresh.keys() <= kept.keys():
        return
    keyfile.write(path, fresh | kept)


def keys_for(path: str | None) -> Keys:
    """Read the keys file; without one (tests, migrations) use keys of this process alone."""
    if path is None:
        return Keys(
            secret_key=secrets.token_urlsafe(50),
            pepper=secrets.token_bytes(32),
            sealing=[Fernet.generate_key().decode()],
            record=secrets.token_bytes(32),
        )
    found = json.loads(Path(path).read_text())
    return Keys(
        secret_key=found["secret_key"],
        pepper=base64.b64decode(found["pepper"]),
        sealing=found["sealing"],
        record=base64.b64decode(found["record"]),
        record_name=found.get("record_name", ""),
    )
