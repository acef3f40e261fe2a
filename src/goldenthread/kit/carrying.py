"""Carrying a file, or what was read from it, through the page that previews it: sealed.

What is saved is then what was seen, the file is kept nowhere, and nobody can change it on the way.
What was read lasts half an hour; a file itself for as long as somebody works on the page.
"""

import base64
import json
import zlib
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.utils.translation import gettext as _

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal, unseal
from goldenthread.kit.text import Text

LASTS: Final = 30 * 60  # seconds
MOST: Final = 4_500_000  # letters of a sealed file: what one page may carry to the next


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


def carry_file(data: bytes, *, too_large: Text = "") -> str:
    """Pack and seal a file, for a hidden field.

    :raises Refusal: it is too large, in words of one's own if they are given
    """
    sealed = seal(base64.b85encode(zlib.compress(data, 9)).decode()).decode()
    if len(sealed) > MOST:
        said = too_large or _("This file is too large for this page. Please cut it in two.")
        raise Refusal(said, field="file")
    return sealed


def carried_file(sealed: str) -> bytes:
    """Return the file that was sealed.

    :raises Refusal: it was not sealed here
    """
    try:
        return zlib.decompress(base64.b85decode(unseal(sealed.encode())))
    except (InvalidToken, ValueError, zlib.error):
        message = _("Please choose the file again. Nothing was brought in.")
        raise Refusal(message) from None
