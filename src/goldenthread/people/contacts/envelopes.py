"""What stands inside a sealed contact. All are of one length, so that none stands out."""

import json
from dataclasses import asdict, dataclass

from goldenthread.kit.sealing import keyed, seal, unseal

LENGTH = 2000  # characters inside, filled up with spaces


@dataclass(frozen=True)
class Envelope:
    """A way to reach someone, and what for."""

    how: str
    value: str
    wants_news: bool
    wants_to_help: bool


def close(envelope: Envelope) -> bytes:
    """Seal an envelope, filled up to the length that all have."""
    return seal(json.dumps(asdict(envelope)).ljust(LENGTH))


def open_up(sealed: bytes | memoryview) -> Envelope:
    """Open what `close` sealed."""
    return Envelope(**json.loads(unseal(sealed)))


def mark_of(scope: object, envelope: Envelope) -> bytes:
    """Return the keyed mark by which the same contact is known again within a project."""
    plain = "".join(envelope.value.split()).casefold()
    return keyed("contact", scope, envelope.how, plain)
