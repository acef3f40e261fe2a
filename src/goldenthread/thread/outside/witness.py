"""Keep the record of a Golden Thread site from outside, and say so if it is ever rewritten.

    python witness.py https://SITE --folder KEPT --name union.example --key "SITE+…"
    python witness.py --proof FILE --key "SITE+…"

The first keeps a copy of all entries and co-signs the head, but only if it continues the copy; run
it every day (--name and --key are needed once). The second checks one entry. Needs Python 3.11 and
`cryptography`. Ends with 0: all is well, 1: not what it was, 2: could not check. RFC 6962, C2SP.
"""

import argparse
import json
import re
import sys
import time
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

SIGNS, COSIGNS, WIDTH, CHANGED = b"\x01", b"\x04", 256, "record.key-changed"


class Wrong(Exception):
    """The record is not what it was: tell the others who keep it."""


class Head(NamedTuple):  # what a head says, and the lines of those who signed it
    origin: str
    size: int
    root: bytes
    said: str
    lines: list[str]

    @classmethod
    def read(cls, note: str) -> "Head":
        said, _, lines = note.rpartition("\n\n")
        origin, size, root = said.split("\n")
        return cls(origin, int(size), b64decode(root), f"{said}\n", lines.splitlines())

    def is_signed_with(self, key: str) -> bool:
        name, mark, rest = key.strip().split("+", 2)
        lines = (line.removeprefix("\u2014 ").split(" ") for line in self.lines)
        raws = [b64decode(blob) for signer, blob in lines if signer == name]
        public = b64decode(rest)[1:]
        return any(raw[:4].hex() == mark and holds(public, raw[4:], self.said) for raw in raws)


class Site:  # its files are read, and its one form is sent as a browser does
    def __init__(self, url: str) -> None:
        if not re.match(r"https://|http://(localhost|127\.0\.0\.1)\b", url):
            raise ValueError("the address must begin with https://")
        self.base = "/".join(url.split("/")[:3])
        self.opener = build_opener(HTTPCookieProcessor())

    def get(self, path: str, form: bytes | None = None) -> bytes:
        url = f"{self.base}/record/{path}"
        asked = Request(url, form, {"Referer": url, "Origin": self.base})
        with self.opener.open(asked, timeout=60) as answer:
            return bytes(answer.read())

    def give(self, note: str) -> None:
        token = re.search(rb'csrfmiddlewaretoken" value="(\w+)"', self.get("give-back/"))
        form = {"head": note, "csrfmiddlewaretoken": token[1].decode() if token else ""}
        self.get("give-back/", urlencode(form).encode())

    def entries(self, start: int, size: int) -> list[bytes]:
        bodies: list[bytes] = []
        for tile in range(start // WIDTH, -(-size // WIDTH)) if size > start else ():
            number = re.sub(r"(\d{3})(?=\d)", r"x\1/", f"{tile:0{-(-len(str(tile)) // 3) * 3}}")
            part = "" if size >= (tile + 1) * WIDTH else f".p/{size - tile * WIDTH}"
            raw, at = self.get(f"tile/entries/{number}{part}"), 0
            while at < len(raw):
                end = at + 2 + int.from_bytes(raw[at : at + 2], "big")
                bodies.append(raw[at + 2 : end])
                at = end
        return bodies[start % WIDTH :]


def key_text(name: str, public: bytes, kind: bytes = SIGNS) -> str:
    mark = sha256(f"{name}\n".encode() + kind + public).digest()[:4]
    return f"{name}+{mark.hex()}+{b64encode(kind + public).decode()}"


def holds(public: bytes, signature: bytes, said: str) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, said.encode())
    except InvalidSignature:
        return False
    return True


def node(*parts: bytes) -> bytes:
    return sha256(b"".join(parts)).digest()


def root_over(bodies: list[bytes]) -> bytes:
    if len(bodies) <= 1:
        if bodies[0][:1] == b"#":  # a confidential entry: its hash stands in its place
            return bytes.fromhex(bodies[0][1:].decode())
        return node(b"\x00", bodies[0])
    half = 1 << (len(bodies) - 1).bit_length() - 1
    return node(b"\x01", root_over(bodies[:half]), root_over(bodies[half:]))


def key_after(key: str, bodies: list[bytes]) -> str:
    """Follow changes of the key, each signed by the old key and by the new one."""
    for said in (json.loads(body) for body in bodies if CHANGED.encode() in body):
        old, new = said["fact_old"], said["fact_new"]
        text, name = f"{CHANGED}\n{old}\n{new}\n", key.split("+", 1)[0]
        if said["type"] == CHANGED and key == key_text(name, bytes.fromhex(old)):
            for by, public in (("old", old), ("new", new)):
                signature = said[f"fact_{by}_signs_1"] + said[f"fact_{by}_signs_2"]
                if not holds(bytes.fromhex(public), bytes.fromhex(signature), text):
                    raise Wrong(f"The key was changed, and the {by} key has not signed that.")
            key = key_text(name, bytes.fromhex(new))
    return key


def keep(site: Site, folder: Path, name: str, key: str) -> str:
    folder.mkdir(parents=True, exist_ok=True)
    mine, copy, last = (folder / each for each in ("keys", "copy", "head"))
    if not mine.exists():
        if not (name and key):
            raise ValueError("the first time, give --name and --key")
        secret = b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
        mine.touch(0o600)
        mine.write_text(f"{name} {secret} {key}")
    name, secret, key = mine.read_text().split()
    private = Ed25519PrivateKey.from_private_bytes(b64decode(secret))
    public = key_text(name, private.public_key().public_bytes_raw(), COSIGNS)
    kept = Head.read(last.read_text()).size if last.exists() else 0
    bodies = copy.read_bytes().split(b"\n")[:kept] if kept else []
    if kept and root_over(bodies) != Head.read(last.read_text()).root:
        raise ValueError(f"the copy in {folder} is damaged: begin again in another folder")
    note = site.get("checkpoint").decode()
    head = Head.read(note)
    bodies += site.entries(kept, head.size)
    key = key_after(key, bodies)
    for wrong, why in (
        (head.origin != key.split("+", 1)[0], f"This is another record, of {head.origin}."),
        (not head.is_signed_with(key), "The head is not signed with the key that is held here."),
        (head.size < kept, f"Rolled back from {kept} entries to {head.size}."),
        (root_over(bodies) != head.root, f"Rewritten: not what followed the {kept} kept entries."),
    ):
        if wrong:
            raise Wrong(why)
    moment, tag = int(time.time()), bytes.fromhex(public.split("+")[1])
    signature = private.sign(f"cosignature/v1\ntime {moment}\n{head.said}".encode())
    blob = b64encode(tag + moment.to_bytes(8, "big") + signature).decode()
    note += f"\u2014 {name} {blob}\n"
    copy.write_bytes(b"\n".join(bodies))  # canonical JSON has no line breaks
    for file in (folder / f"head-{head.size}", last):
        file.write_text(note)
    site.give(note)
    taken = f" {name} " in site.get(f"head/{head.size}").decode()
    told = "Our signature is under the head." if taken else f"Ask to be named as keeper: {public}"
    return f"All {head.size} entries continue what was kept. {told}"


def root_from(found: bytes, place: int, size: int, path: list[bytes]) -> bytes:
    if size == 1:
        return found if not path else b""
    half = 1 << (size - 1).bit_length() - 1
    if place < half:
        return node(b"\x01", root_from(found, place, half, path[:-1]), path[-1])
    return node(b"\x01", path[-1], root_from(found, place - half, size - half, path[:-1]))


def check(proof: str, key: str) -> str:
    lines, _, note = proof.partition("\n\n")
    body, index, *path = (line.split(" ")[-1] for line in lines.split("\n")[1:])
    head, leaf = Head.read(note), node(b"\x00", b64decode(body))
    root = root_from(leaf, int(index), head.size, [b64decode(step) for step in path])
    if root != head.root or not head.is_signed_with(key):
        raise Wrong("This proof does not lead to a head signed with this key.")
    return f"Entry {index} is in the record of {head.origin}: {b64decode(body).decode()}"


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description="Keep the record of a site from outside.")
    asked.add_argument("url", nargs="?", default="")
    for option in ("--folder", "--name", "--key", "--proof"):
        asked.add_argument(option, default="")
    given = asked.parse_args()
    try:
        if given.proof:
            print(check(Path(given.proof).read_text(), given.key))
        else:
            print(keep(Site(given.url), Path(given.folder), given.name, given.key))
    except Wrong as wrong:
        sys.exit(f"WRONG. {wrong}")
    except (OSError, ValueError, LookupError) as reason:
        print(f"Could not check: {reason}", file=sys.stderr)
        sys.exit(2)
