"""A second verifier of the record, written from RFC 6962, RFC 8032 and C2SP alone.

It shares no line with the product: it reads a dump of the tables (plain rows) and names what does
not match by the same codes. Trees are hashed from the top down here, from the bottom up there.
"""

import base64
import hashlib
import hmac
import json
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

RECEIVED, WITHDRAWN = "words.received", "words.withdrawn_by_author"
DESTROYED = "words.destroyed"


@dataclass
class Dump:
    """What an outside auditor is given."""

    entries: list[tuple[int, bytes]]  # number and body, in the order of their numbers
    heads: list[str]  # signed notes
    words: list[dict[str, Any]]
    waiting: list[tuple[str, str, dict[str, Any]]]  # kind, about, facts
    origin: str
    key: bytes
    kept: str = ""  # a note that was kept outside


def merkle_tree_hash(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        return hashlib.sha256(b"\x00" + entries[0]).digest()
    k = 1
    while k * 2 < len(entries):
        k *= 2
    left, right = merkle_tree_hash(entries[:k]), merkle_tree_hash(entries[k:])
    return hashlib.sha256(b"\x01" + left + right).digest()


def note_of(text: str) -> tuple[str, int, bytes, list[tuple[str, bytes]]]:
    """Take a checkpoint apart."""
    body, _, tail = text.partition("\n\n")
    origin, size, root = body.split("\n")
    signatures = []
    for line in tail.splitlines():
        _dash, name, blob = line.split(" ")
        signatures.append((name, base64.b64decode(blob)))
    return origin, int(size), base64.b64decode(root), signatures


def is_signed(text: str, name: str, key: bytes) -> bool:
    """Whether a checkpoint carries a plain Ed25519 signature of this key."""
    said = (text.partition("\n\n")[0] + "\n").encode()
    identity = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
    for signer, blob in note_of(text)[3]:
        if signer == name and blob[:4] == identity:
            try:
                Ed25519PublicKey.from_public_bytes(key).verify(blob[4:], said)
            except InvalidSignature:
                continue
            return True
    return False


def verify(dump: Dump) -> set[str]:
    """Name everything that does not match."""
    found: set[str] = set()
    bodies = [body for _seq, body in dump.entries]
    said = [json.loads(body) for body in bodies]
    if [seq for seq, _body in dump.entries] != list(range(len(bodies))):
        found.add("dropped")
    if [one["seq"] for one in said] != [seq for seq, _body in dump.entries]:
        found.add("altered")
    for note in dump.heads:
        found |= _against(note, bodies, dump, younger="dropped", other="moved")
    if dump.kept:
        found |= _against(dump.kept, bodies, dump, younger="rolled-back", other="rewritten")
    return found | _words(dump, said)


def _against(note: str, bodies: list[bytes], dump: Dump, *, younger: str, other: str) -> set[str]:
    origin, size, root, _signatures = note_of(note)
    if origin != dump.origin or not is_signed(note, dump.origin, dump.key):
        return {"signature"}
    if size > len(bodies):
        return {younger}
    return {other} if merkle_tree_hash(bodies[:size]) != root else set()


def _words(dump: Dump, said: list[dict[str, Any]]) -> set[str]:
    by_kind: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for one in said:
        by_kind[one["type"]][one["about"]] = {k[5:]: v for k, v in one.items() if k[:5] == "fact_"}
    for kind, about, facts in dump.waiting:
        by_kind[kind].setdefault(about, facts)
    there = {row["ref"] for row in dump.words}
    found = {"deleted"} if set(by_kind[RECEIVED]) - there else set()
    for row in dump.words:
        found |= _unchanged(row, by_kind)
    for ref, facts in by_kind[WITHDRAWN].items():
        lock = by_kind[RECEIVED].get(ref, {}).get("lock")
        if lock and hashlib.sha256(bytes.fromhex(facts["proof"])).hexdigest() != lock:
            found.add("withdrawal-forged")
    return found


def _unchanged(row: dict[str, Any], by_kind: dict[str, dict[str, dict[str, Any]]]) -> set[str]:
    received = by_kind[RECEIVED].get(row["ref"])
    if received is None:
        return {"dropped"}
    if row["salt"] is None:
        return set() if row["ref"] in by_kind[DESTROYED] else {"deleted"}
    return set() if _commitment(row) == received["commit"] else {"words-altered"}


def _commitment(row: dict[str, Any]) -> str:
    """HMAC-SHA256 over the words in canonical JSON: sorted keys, no spaces, letters as they are."""
    words = {
        "content_note": row["content_note"],
        "text": row["text"] or "",
        "v": 1,
        "would_have_helped": row["would_have_helped"] or "",
    }
    if row["consented"]:  # what its author agreed to as they sent it
        words |= {"v": 2, "consent": row["consented"]}
    text = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hmac.new(row["salt"], b"words" + text.encode(), hashlib.sha256).hexdigest()
