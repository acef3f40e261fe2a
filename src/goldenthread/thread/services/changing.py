"""Changing the key that signs heads: the old key and the new one both sign that it is so."""

import base64
from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import keyfile
from goldenthread.kit.refusals import Refusal
from goldenthread.thread.events import KEY_CHANGED
from goldenthread.thread.keychain import current
from goldenthread.thread.keys import change_facts, public_key
from goldenthread.thread.merkle import notes
from goldenthread.thread.services.checking import INSTALLATION
from goldenthread.thread.services.recording import record


def change_key(*, file: Path, now: datetime) -> notes.Key:
    """Take a new key into the keys file and the record; return its public half.

    The new key is in the file before the record names it, and takes its place after. When it
    stops in between, doing it again goes on from there.

    :raises Refusal: the keys file is not that of the record
    """
    kept = keyfile.read(file)
    if "record_next" not in kept:
        kept["record_next"] = base64.b64encode(
            Ed25519PrivateKey.generate().private_bytes_raw()
        ).decode()
        keyfile.write(file, kept)
    old, new = (
        Ed25519PrivateKey.from_private_bytes(base64.b64decode(kept[name]))
        for name in ("record", "record_next")
    )
    _say(old, new, now=now)
    kept["record"] = kept.pop("record_next")
    keyfile.write(file, kept)
    return notes.Key(public_key().name, notes.public_of(new))


@transaction.atomic
def _say(old: Ed25519PrivateKey, new: Ed25519PrivateKey, *, now: datetime) -> None:
    stands = current()
    if stands == notes.public_of(new):
        return  # it stopped after this the last time
    if stands is not None and stands != notes.public_of(old):
        raise Refusal(_("The keys file holds another key than the record names."))
    record(KEY_CHANGED, about=INSTALLATION, facts=change_facts(old, new), now=now)
