"""The key that signs heads: in the keys file, outside the database."""

from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from goldenthread.thread.merkle import notes


def origin() -> str:
    """Return the name of this record: the host people reach it at."""
    return urlsplit(settings.SITE_URL).hostname or "localhost"


def private_key() -> Ed25519PrivateKey:
    """Return the key that signs."""
    return Ed25519PrivateKey.from_private_bytes(settings.RECORD_KEY)


def public_key() -> notes.Key:
    """Return the key that others verify with."""
    return notes.Key(origin(), notes.public_of(private_key()))
