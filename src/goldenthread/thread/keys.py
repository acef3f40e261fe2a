"""The key that signs heads: in the keys file, outside the database."""

from urllib.parse import urlsplit

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings

from goldenthread.thread.merkle import notes


def origin() -> str:
    """Return the name of this record: the host people reached it at when its first head was signed.

    It is kept beside the key, so that moving to another host later does not end the line.
    """
    return settings.RECORD_NAME or urlsplit(settings.SITE_URL).hostname or "localhost"


def private_key() -> Ed25519PrivateKey:
    """Return the key that signs."""
    return Ed25519PrivateKey.from_private_bytes(settings.RECORD_KEY)


def public_key() -> notes.Key:
    """Return the key that others verify with."""
    return notes.Key(origin(), notes.public_of(private_key()))


def change_text(old: str, new: str) -> bytes:
    """What both keys sign when one takes the place of the other; keys in hexadecimal digits."""
    return f"record.key-changed\n{old}\n{new}\n".encode()


def change_facts(old: Ed25519PrivateKey, new: Ed25519PrivateKey) -> dict[str, str | int]:
    """Return what the record says of a change: both keys, and the signature of each."""
    publics = {"old": notes.public_of(old).hex(), "new": notes.public_of(new).hex()}
    said = change_text(**publics)
    facts: dict[str, str | int] = dict(publics)
    for name, key in (("old", old), ("new", new)):
        signature = key.sign(said).hex()
        middle = len(signature) // 2
        facts |= {f"{name}_signs_1": signature[:middle], f"{name}_signs_2": signature[middle:]}
    return facts


def is_signed_by_both(facts: dict[str, str | int]) -> bool:
    """Return whether the old and the new key have both signed a change."""
    publics = {name: str(facts[name]) for name in ("old", "new")}
    said = change_text(**publics)
    return all(
        notes.holds(
            bytes.fromhex(public),
            bytes.fromhex(f"{facts[f'{name}_signs_1']}{facts[f'{name}_signs_2']}"),
            said,
        )
        for name, public in publics.items()
    )
