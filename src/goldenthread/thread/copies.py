"""Reading a copy of the record: a keeper's folder or file, a downloaded list, or tiles."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from goldenthread.thread.merkle import notes, tree
from goldenthread.thread.merkle.tiles import unbundle
from goldenthread.thread.published import WITHHELD

KEPT, HEAD, TILES, LIST = "copy", "head", "entries", ".record"
BEGINNINGS = (b"{", WITHHELD)  # of an entry: its JSON, or the hash in place of a confidential one


def entries_in(copy: Path) -> list[dict[str, Any]]:
    """Return what can be read in a copy, a file or a folder; confidential entries are passed over.

    :raises ValueError: nothing lies there, or something is not whole
    """
    files = [copy] if copy.is_file() else _files(copy)
    bodies = [body for file in files for body in _bodies(file)]
    if not bodies:
        raise ValueError("no entries of a record lie there")
    return [json.loads(body) for body in bodies if not body.startswith(WITHHELD)]


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        named = path.name == KEPT or path.suffix == LIST
        if path.is_file() and (named or TILES in path.relative_to(folder).parts):
            yield path


def _bodies(file: Path) -> list[bytes]:
    raw = file.read_bytes()
    bodies = _in_bundle(raw) or raw.split(b"\n")  # canonical JSON has no line breaks
    if not all(body.startswith(BEGINNINGS) for body in bodies):
        raise ValueError(f"{file} is no copy of a record, or it is cut short")
    if file.name == KEPT:
        _compare(file, bodies)
    return bodies


def _in_bundle(raw: bytes) -> list[bytes]:
    """The entries of a file in which each stands after its length; none when it is no such file."""
    try:
        bodies = [*unbundle(raw)]
    except ValueError:
        return []
    return bodies if all(body.startswith(BEGINNINGS) for body in bodies) else []


def _compare(file: Path, bodies: list[bytes]) -> None:
    """A keeper has the head beside its copy: what was lost of the copy is lost erasures."""
    head = file.with_name(HEAD)
    if not head.exists():
        return
    said, _lines = notes.read_note(head.read_text())
    if (said.size, said.root) != (len(bodies), tree.root_of([_leaf(body) for body in bodies])):
        raise ValueError(f"{file} does not fit the head beside it: it is damaged")


def _leaf(body: bytes) -> bytes:
    if body.startswith(WITHHELD):
        return bytes.fromhex(body[len(WITHHELD) :].decode())
    return tree.leaf_hash(body)
