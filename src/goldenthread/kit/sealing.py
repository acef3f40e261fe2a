"""Keys that stand outside the database: sealing what must be read again, marking what must not."""

import hashlib
import hmac
from functools import lru_cache

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings


@lru_cache(maxsize=1)
def _box() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.SEALING_KEYS])


def seal(text: str) -> bytes:
    """Encrypt `text`; only this installation's keys open it."""
    at = 0  # a Fernet token says when it was made; ours does not
    return _box().encrypt_at_time(text.encode(), at)


def unseal(sealed: bytes | memoryview) -> str:
    """Open what `seal` closed."""
    return _box().decrypt(bytes(sealed)).decode()


def keyed(purpose: str, *parts: object) -> bytes:
    """Return an HMAC-SHA256 of `parts` under the pepper, for this purpose alone (32 bytes)."""
    message = "\x1f".join([purpose, *(str(part) for part in parts)])
    return hmac.digest(settings.PEPPER, message.encode(), hashlib.sha256)
