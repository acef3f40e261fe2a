"""The record as files (C2SP tlog-tiles): 256 hashes or entries a file, which never change."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

WIDTH = 256  # hashes in a full tile
HEIGHT = 8  # levels of the tree in a tile
HIGHEST = 63  # level of a tile
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


@dataclass(frozen=True)
class Place:
    """Which tile is asked for: a level of hashes or the entries, its number, how much of it."""

    level: int  # of hashes; for entries, 0
    index: int
    width: int
    entries: bool = False

    @property
    def start(self) -> int:
        """The number of its first hash in its level, or of its first entry."""
        return self.index * WIDTH

    def is_within(self, size: int) -> bool:
        """Whether a tree of so many entries fills it."""
        return self.start + self.width <= size >> (HEIGHT * self.level)


def read_place(path: str) -> Place:
    """Read `<level>/<number>` or `entries/<number>`, with `.p/<width>` for a tile not yet full.

    :raises ValueError: it is no such path
    """
    level, _, rest = path.partition("/")
    number, cut, part = rest.partition(".p/")
    width = _counted(part, WIDTH - 1) if cut else WIDTH
    if not width:
        raise ValueError("a tile that is not full has 1 to 255 hashes")
    if level == "entries":
        return Place(0, read_number(number), width, entries=True)
    return Place(_counted(level, HIGHEST), read_number(number), width)


def _counted(text: str, most: int) -> int:
    """Read a small number that is written in the one way there is."""
    if not (text.isascii() and text.isdecimal()) or str(int(text)) != text or int(text) > most:
        raise ValueError("this is not the path of a tile")
    return int(text)
