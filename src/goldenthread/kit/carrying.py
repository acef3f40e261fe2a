"""Carrying what was read from a file through the page that previews it: sealed, for half an hour.

What is saved is then what was seen, the file is kept nowhere, and nobody can change it on the way.
"""

import json
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal, unseal

LASTS: Final = 30 * 60  # seconds


def carry(value: Any, *, where: UUID, now: datetime) -> str:
    """Seal plain data for the thing it belongs to."""
    inside = {"for": str(where), "until": now.timestamp() + LASTS, "value": value}
    return seal(json.dumps(inside, ensure_ascii=False)).decode()


def carried(sealed: str, *, where: UUID, now: datetime) -> Any:
    """Return what was sealed.

    :raises Refusal: it is too old, of another thing, or was not sealed here
    """
    try:
        inside = json.loads(unseal(sealed.encode()))
        ours = inside["for"] == str(where) and now.timestamp() <= inside["until"]
    except (InvalidToken, ValueError, KeyError, TypeError):
        ours = False
    if not ours:
        raise Refusal(_("This preview is too old. Please choose the file again."))
    return inside["value"]
