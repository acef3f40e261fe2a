"""Proof that an author took words back, and nobody else: a lock in the record, opened by a receipt.

The key comes from the stretched, peppered secret of the receipt; the lock is public, so it must.
"""

import hashlib
import hmac


def proof_of(key: bytes | None, commitment: str) -> str:
    """Return what opens the lock of these words; nothing without the receipt's key."""
    if key is None:
        return ""
    return hmac.digest(key, b"withdraw" + bytes.fromhex(commitment), hashlib.sha256).hex()


def lock_of(proof: str) -> str:
    """Return the lock that this proof opens."""
    return hashlib.sha256(bytes.fromhex(proof)).hexdigest() if proof else ""
