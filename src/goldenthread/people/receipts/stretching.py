"""From a secret to what is stored of it: slow, peppered, and the same work for every drawer."""

import hashlib
import hmac

from argon2.low_level import Type, hash_secret_raw

from goldenthread.kit.sealing import keyed
from goldenthread.people.receipts.codes import Code

MEMORY_KIB = 19 * 1024
ROUNDS = 2
LANES = 1
SALT = 16
KEY = 32


def stretch(code: Code) -> bytes:
    """Turn a code into its key K. Costs one Argon2 (20 to 40 ms), whatever the drawer holds."""
    return stretched("receipt", code.secret, beside=code.drawer)


def stretched(purpose: str, secret: str, *, beside: object) -> bytes:
    """Stretch a secret, for this purpose alone, with a salt of what it lies beside."""
    return hash_secret_raw(
        secret=keyed(f"{purpose}.secret", secret),
        salt=keyed(f"{purpose}.salt", beside)[:SALT],
        time_cost=ROUNDS,
        memory_cost=MEMORY_KIB,
        parallelism=LANES,
        hash_len=KEY,
        type=Type.ID,
    )


def withdraw_key_of(key: bytes) -> bytes:
    """Return what proves that the holder of the receipt takes words back."""
    return hmac.digest(key, b"withdraw", hashlib.sha256)


def auth_of(key: bytes) -> bytes:
    """Return what is stored and compared: it says nothing about the key or the code."""
    return hmac.digest(key, b"auth", hashlib.sha256)
