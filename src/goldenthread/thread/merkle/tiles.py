"""The record as files (C2SP tlog-tiles): 256 hashes or entries a file, which never change."""

from collections.abc import Iterable, Iterator

WIDTH = 256  # hashes in a full tile
HEIGHT = 8  # levels of the tree in a tile
HASH = 32  # bytes
LONGEST = 0xFFFF  # bytes of an entry


def number_path(index: int) -> str:
    """Write a number as folders of three digits: 1234067 becomes x001/x234/067."""
    parts = [f"{index % 1000:03}"]
    while index := index // 1000:
        parts.append(f"x{index % 1000:03}")
    return "/".join(reversed(parts))


def read_number(path: str) -> int:
    """Read what `number_path` wrote.

    :raises ValueError: it is written in another way
    """
    parts = path.split("/")
    digits = [part.removeprefix("x") for part in parts]
    if not all(part.isascii() and part.isdecimal() for part in digits):
        raise ValueError("this is not the number of a tile")
    index = int("".join(digits))
    if number_path(index) != path:
        raise ValueError("this is not the number of a tile")
    return index


def bundle(bodies: Iterable[bytes]) -> bytes:
    """Put entries in one file, each after its length in two bytes, the larger one first."""
    return b"".join(len(body).to_bytes(2, "big") + body for body in bodies)


def unbundle(raw: bytes) -> Iterator[bytes]:
    """Take the entries out again.

    :raises ValueError: the file is cut short
    """
    place = 0
    while place < len(raw):
        end = place + 2 + int.from_bytes(raw[place : place + 2], "big")
        if place + 2 > len(raw) or end > len(raw):
            raise ValueError("this file of entries is cut short")
        yield raw[place + 2 : end]
        place = end
