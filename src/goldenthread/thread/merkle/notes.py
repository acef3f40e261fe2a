"""Signed heads: C2SP signed-note and tlog-checkpoint, co-signatures by tlog-cosignature (v1).

A note is a text that ends in a line break, an empty line, and one line a signature. The text of
a head is three lines: where it is from, its size, its root in base64.
"""

import base64
import hashlib
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)

SIGNS, COSIGNS = 0x01, 0x04  # kinds of key: signs heads, signs heads of others with the moment
DASH = "\N{EM DASH} "


@dataclass(frozen=True)
class Key:
    """A named public key that others can verify with."""

    name: str
    public: bytes = field(repr=False)  # 32 bytes, Ed25519
    kind: int = SIGNS

    def __post_init__(self) -> None:
        """Refuse a name that would break a signature line.

        :raises ValueError: it is empty, or has a space or a plus in it
        """
        if not self.name or "+" in self.name or self.name.split() != [self.name]:
            raise ValueError("the name of a key has no space and no plus")

    @property
    def mark(self) -> bytes:
        """Four bytes that tell keys apart: SHA-256 of name, line break, kind and key, cut."""
        text = self.name.encode() + b"\n" + bytes([self.kind]) + self.public
        return hashlib.sha256(text).digest()[:4]

    def __str__(self) -> str:
        """As people hand it on: name+mark+base64 of kind and key."""
        return f"{self.name}+{self.mark.hex()}+{_encoded(bytes([self.kind]) + self.public)}"

    @classmethod
    def read(cls, text: str) -> "Key":
        """Read what `str` wrote.

        :raises ValueError: it is no such text, or its mark is another
        """
        name, mark, rest = text.strip().split("+", 2)
        raw = _decoded(rest)
        key = cls(name, raw[1:], raw[0] if raw else 0)
        if len(key.public) != 32 or key.mark.hex() != mark or key.kind not in (SIGNS, COSIGNS):  # noqa: PLR2004
            raise ValueError("this is not a key")
        return key


@dataclass(frozen=True)
class Head:
    """What the record was: how many entries, and the root over them."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The three lines that are signed."""
        return f"{self.origin}\n{self.size}\n{_encoded(self.root)}\n"


def public_of(private: Ed25519PrivateKey) -> bytes:
    """Return the 32 bytes of the public half."""
    return private.public_key().public_bytes_raw()


def signed(head: Head, name: str, private: Ed25519PrivateKey) -> str:
    """Return the head as a note with one signature."""
    key = Key(name, public_of(private))
    return f"{head.text}\n{_line(key, private.sign(head.text.encode()))}"


def cosignature(head: Head, name: str, private: Ed25519PrivateKey, moment: int) -> str:
    """Return the line by which a witness signs a head; `moment` in seconds since 1970."""
    key = Key(name, public_of(private), COSIGNS)
    signature = private.sign(_cosigned(head.text, moment))
    return _line(key, moment.to_bytes(8, "big") + signature)


def read_note(note: str) -> tuple[Head, list[str]]:
    """Return the head of a note and its signature lines, none of them verified.

    :raises ValueError: this is not a signed head
    """
    text, gap, lines = note.rpartition("\n\n")
    parts = text.split("\n")
    signatures = lines.splitlines()
    if not gap or len(parts) != 3 or not all(each.startswith(DASH) for each in signatures):  # noqa: PLR2004
        raise ValueError("this is not a signed head")
    origin, size, root = parts
    if not size.isascii() or not size.isdecimal() or str(int(size)) != size:
        raise ValueError("the size of this head is not a number")
    head = Head(origin, int(size), _decoded(root))
    if len(head.root) != 32:  # noqa: PLR2004  bytes of SHA-256
        raise ValueError("the root of this head is not a hash")
    return head, signatures


def is_signed_by(text: str, line: str, key: Key) -> bool:
    """Return whether the line is this key's signature of the text of a note."""
    try:
        name, blob = line.strip().removeprefix(DASH).rsplit(" ", 1)
        raw = _decoded(blob)
    except ValueError:
        return False
    if name != key.name or raw[:4] != key.mark:
        return False
    signature, said = raw[4:], text.encode()
    if key.kind == COSIGNS:
        signature, said = raw[12:], _cosigned(text, int.from_bytes(raw[4:12], "big"))
    return holds(key.public, signature, said)


def holds(public: bytes, signature: bytes, said: bytes) -> bool:
    """Return whether an Ed25519 signature is that of a public key."""
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said)
    except InvalidSignature:
        return False
    return True


def moment_of(line: str) -> int:
    """Return when a witness says it co-signed, in seconds since 1970 (the line was verified)."""
    return int.from_bytes(_decoded(line.strip().rsplit(" ", 1)[1])[4:12], "big")


def open_note(note: str, key: Key) -> Head:
    """Return the head of a note that this key has signed.

    :raises ValueError: this is not a head, or the key has not signed it
    """
    head, lines = read_note(note)
    if not any(is_signed_by(head.text, line, key) for line in lines):
        raise ValueError(f"{key.name} has not signed this head")
    return head


def _cosigned(text: str, moment: int) -> bytes:
    return f"cosignature/v1\ntime {moment}\n{text}".encode()


def _line(key: Key, signature: bytes) -> str:
    return f"{DASH}{key.name} {_encoded(key.mark + signature)}\n"


def _encoded(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _decoded(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
