"""Keeping the name of the record beside its key: another address later makes no other record."""

import contextlib
import os
from pathlib import Path

from goldenthread.kit import keyfile
from goldenthread.thread.keys import origin
from goldenthread.thread.merkle import notes
from goldenthread.thread.models import SignedHead


def keep_name() -> str:
    """Keep the name in the keys file, unless it is there; return it.

    An older record has the name that its newest head says. Where nothing can be kept (no keys
    file, or one that only others may write) the host is the name, as it was before.
    """
    if "GOLDENTHREAD_KEYS" not in os.environ:
        return origin()
    file = Path(os.environ["GOLDENTHREAD_KEYS"])
    kept = keyfile.read(file)
    if "record_name" not in kept:
        kept["record_name"] = _said_last() or origin()
        with contextlib.suppress(OSError):
            keyfile.write(file, kept)
    return str(kept["record_name"])


def _said_last() -> str:
    newest = SignedHead.objects.order_by("-size").first()
    return notes.read_note(newest.note)[0].origin if newest else ""
