"""A second verifier of the record, written from RFC 6962, RFC 8032, C2SP and record.md alone.

It shares no line with the product: it reads a dump of the tables (plain rows) and names what does
not match by the same codes. Trees are hashed from the top down here, from the bottom up there.
"""

import base64
import hashlib
import hmac
import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

RECEIVED, DESTROYED = "words.received", "words.destroyed"
WITHDRAWN, WITHOUT_RECEIPT = "words.withdrawn_by_author", "words.withdrawn_without_receipt"
UNDONE, OBJECTED = "words.withdrawal_undone", "words.author_objected"
HELD_BACK = "words.held_back"
LEAVES = {
    "words.released": "released",
    "words.kept": "released",
    "words.put_back": "released",
    "words.unpublished": "unpublished",
    "words.hidden": "held",
    "words.removed_by_organisation": "removed",
}
SEALED_BY = {  # which acts hold the seal of a published text
    "decision": ("decision.published",),
    "change": ("change.claimed",),
    "reply": ("reply.sent",),
    "theme": ("theme.shown-back", "theme.agreed", "theme.reworded"),
    "terms": ("project.opened", "project.terms-changed"),
    "assessment": ("assessment.signed",),
}
Said = list[dict[str, Any]]  # entries in their order; of a confidential one nothing


@dataclass
class Dump:
    """What an outside auditor is given."""

    entries: list[tuple[int, bytes]]  # number and body (or `#` and its hash), in their order
    heads: list[str]  # signed notes
    words: list[dict[str, Any]]
    waiting: list[tuple[str, str, dict[str, Any]]]  # kind, about, facts
    origin: str
    key: bytes
    kept: str = ""  # a note that was kept outside
    voices: set[str] = field(default_factory=set)
    texts: list[dict[str, Any]] = field(default_factory=list)  # tag, ref, salt, body, is_shown


def merkle_tree_hash(entries: list[bytes]) -> bytes:
    """MTH of RFC 6962, section 2.1, word for word; of a confidential entry the hash is given."""
    if not entries:
        return hashlib.sha256(b"").digest()
    if len(entries) == 1:
        if entries[0].startswith(b"#"):
            return bytes.fromhex(entries[0][1:].decode())
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


def holds(key: bytes, signature: bytes, said: bytes) -> bool:
    """Whether an Ed25519 signature is that of a key."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except InvalidSignature:
        return False
    return True


def is_signed(text: str, name: str, key: bytes) -> bool:
    """Whether a checkpoint carries a plain Ed25519 signature of this key."""
    said = (text.partition("\n\n")[0] + "\n").encode()
    identity = hashlib.sha256(name.encode() + b"\n\x01" + key).digest()[:4]
    return any(
        signer == name and blob[:4] == identity and holds(key, blob[4:], said)
        for signer, blob in note_of(text)[3]
    )


def verify(dump: Dump) -> set[str]:
    """Name everything that does not match."""
    found: set[str] = set()
    bodies = [body for _seq, body in dump.entries]
    said = [{} if body.startswith(b"#") else json.loads(body) for body in bodies]
    if [seq for seq, _body in dump.entries] != list(range(len(bodies))):
        found.add("dropped")
    if any(one and one["seq"] != seq for one, (seq, _body) in zip(said, dump.entries, strict=True)):
        found.add("altered")
    found |= _keys(dump, said)
    for note in dump.heads:
        found |= _against(note, bodies, said, dump, younger="dropped", other="moved")
    if dump.kept:
        found |= _against(dump.kept, bodies, said, dump, younger="rolled-back", other="rewritten")
    return found | _words(dump, said) | _texts(dump, said)


def _changes(said: Said) -> list[tuple[int, dict[str, Any]]]:
    return [(n, one) for n, one in enumerate(said) if one.get("type") == "record.key-changed"]


def _keys(dump: Dump, said: Said) -> set[str]:
    """Each change of the key is signed by the old key and the new; the last one is in force."""
    changes = _changes(said)
    for _number, one in changes:
        old, new = one["fact_old"], one["fact_new"]
        text = f"record.key-changed\n{old}\n{new}\n".encode()
        for which, key in (("old", old), ("new", new)):
            signature = one[f"fact_{which}_signs_1"] + one[f"fact_{which}_signs_2"]
            if not holds(bytes.fromhex(key), bytes.fromhex(signature), text):
                return {"key"}
    return {"key"} if changes and changes[-1][1]["fact_new"] != dump.key.hex() else set()


def _key_for(size: int, dump: Dump, said: Said) -> bytes:
    """A head over no more entries than came before a change is signed with the key before it."""
    for number, one in _changes(said):
        if size <= number:
            return bytes.fromhex(one["fact_old"])
    return dump.key


def _against(
    note: str, bodies: list[bytes], said: Said, dump: Dump, *, younger: str, other: str
) -> set[str]:
    origin, size, root, _signatures = note_of(note)
    if origin != dump.origin or not is_signed(note, dump.origin, _key_for(size, dump, said)):
        return {"signature"}
    if size > len(bodies):
        return {younger}
    return {other} if merkle_tree_hash(bodies[:size]) != root else set()


@dataclass
class Act:
    """What one entry says of one thing."""

    kind: str
    facts: dict[str, Any]


def _acts(dump: Dump, said: Said) -> dict[str, list[Act]]:
    """Every act about each thing, in order; those that wait for the night come last."""
    acts: dict[str, list[Act]] = defaultdict(list)
    for one in filter(None, said):
        facts = {k[5:]: v for k, v in one.items() if k[:5] == "fact_"}
        acts[one["about"]].append(Act(one["type"], facts))
    for kind, about, facts in dump.waiting:
        acts[about].append(Act(kind, facts))
    return acts


def _last(acts: list[Act], *kinds: str) -> Act | None:
    return next((act for act in reversed(acts) if act.kind in kinds), None)


def _times(acts: list[Act], *kinds: str) -> int:
    return sum(act.kind in kinds for act in acts)


def _words(dump: Dump, said: Said) -> set[str]:
    by_ref = _acts(dump, said)
    there = {row["ref"] for row in dump.words}
    gone = {ref for ref, acts in by_ref.items() if _last(acts, RECEIVED)} - there
    found = {"deleted"} if gone else set()
    for row in dump.words:
        acts = by_ref[row["ref"]]
        received = _last(acts, RECEIVED)
        found |= _one(row, acts, received.facts) if received else {"dropped"}
        released = _last(acts, "words.released")
        if released and released.facts["purpose"] == "voice" and row["ref"] not in dump.voices:
            found.add("deleted")
    for acts in by_ref.values():
        received = _last(acts, RECEIVED)
        for act in acts:
            if act.kind in {WITHDRAWN, WITHOUT_RECEIPT}:
                proof, lock = act.facts.get("proof", ""), received and received.facts["lock"]
                opened = hashlib.sha256(bytes.fromhex(proof)).hexdigest() if proof else ""
                if opened != (lock or ""):
                    found.add("withdrawal-forged")
    return found


def _one(row: dict[str, Any], acts: list[Act], received: dict[str, Any]) -> set[str]:
    found = set()
    if row["lock"] != received["lock"]:
        found.add("lock-altered")
    if row["salt"] is None:
        found |= set() if _last(acts, DESTROYED) else {"deleted"}
    elif _commitment(row) != received["commit"]:
        found.add("words-altered")
    if (row["restricted"] and not _last(acts, HELD_BACK)) or row["state"] not in _may_be(acts):
        found.add("unsaid")
    elif row["state"] == "released" and row["salt"] is not None:
        seal = _last(acts, "words.released", "words.kept")
        released = _last(acts, "words.released")
        if seal and seal.facts.get("seal", _shown(row)) != _shown(row):
            found.add("shown-altered")
        if released and released.facts["purpose"] != row["purpose"]:
            found.add("unsaid")
    return found


def _may_be(acts: list[Act]) -> set[str]:
    """In which states words may be, by the acts about them."""
    last = _last(acts, *LEAVES)
    states = {LEAVES[last.kind] if last else "held"}
    if _times(acts, WITHDRAWN, WITHOUT_RECEIPT) > _times(acts, UNDONE):
        return states & {"removed"} or {"withdrawn"}
    if (states == {"unpublished"} and _last(acts, OBJECTED)) or (
        states == {"released"} and _last(acts, HELD_BACK)
    ):
        states.add("held")
    elif states == {"held"} and _last(acts, DESTROYED):
        states.add("unpublished")
    return states


def _texts(dump: Dump, said: Said) -> set[str]:
    """Each published text stands as it was sealed, and none is missing or unsaid."""
    by_ref = _acts(dump, said)
    found, left = set(), {}
    for tag, kinds in SEALED_BY.items():
        for ref, acts in by_ref.items():
            if act := _last(acts, *kinds):
                left[tag, ref, act.facts.get("version") if tag == "terms" else None] = act
    for row in dump.texts:
        version = row["body"]["version"] if row["tag"] == "terms" else None
        act = left.pop((row["tag"], row["ref"], version), None)
        if act is None and row["tag"] == "terms":  # the first ones: sealed as the project opened
            act = left.pop((row["tag"], row["body"]["project"], version), None)
        if row["is_shown"] is not None and row["is_shown"] != (act is not None):
            found.add("unsaid")
        elif act is not None and act.facts.get("seal", _seal(row)) != _seal(row):
            found.add(f"{row['tag']}-altered")
    return found | ({"deleted"} if left else set())


def counted(dump: Dump) -> Counter[str]:
    """What is no fault, and is counted apart: proven, unproven, removed, and not bound."""
    said = [{} if body.startswith(b"#") else json.loads(body) for _seq, body in dump.entries]
    by_ref = _acts(dump, said)
    counts: Counter[str] = Counter()
    for row in dump.words:
        received = _last(by_ref[row["ref"]], RECEIVED)
        seal = _last(by_ref[row["ref"]], "words.released", "words.kept")
        if row["state"] == "withdrawn" and received:
            proven = "proven" if received.facts["lock"] else "unproven"
            counts[f"withdrawn-{proven}"] += 1
        elif row["state"] == "removed":
            counts["removed"] += 1
        elif row["state"] == "released" and seal and "seal" not in seal.facts:
            counts["unbound"] += 1
    for row in dump.texts:
        act = _last(by_ref[row["ref"]], *SEALED_BY[row["tag"]])
        if act is None and row["tag"] == "terms" and row["body"]["version"] == 1:
            act = _last(by_ref[row["body"]["project"]], "project.opened")
        counts["unbound"] += act is not None and "seal" not in act.facts
    return +counts


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
    return hmac.new(row["salt"], b"words" + _canonical(words), hashlib.sha256).hexdigest()


def _shown(row: dict[str, Any]) -> str:
    shown = {
        "text": row["shown"] or "",
        "would_have_helped": row["helped_shown"] or "",
        "content_note": row["note_shown"],
    }
    return _seal({"tag": "shown", "salt": row["salt"], "body": shown})


def _seal(row: dict[str, Any]) -> str:
    """HMAC-SHA256 under the salt of a text: of its tag, the form's version, and what it says."""
    if not row["salt"]:
        return ""
    said = _canonical({"tag": row["tag"], "v": 1, **row["body"]})
    return hmac.new(row["salt"], said, hashlib.sha256).hexdigest()


def _canonical(said: dict[str, Any]) -> bytes:
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
