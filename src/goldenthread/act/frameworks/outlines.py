"""A framework as plain data: those that come with the program, and lists from a file."""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.text import slugify
from django.utils.translation import gettext as _

_FOLDER: Final = Path(__file__).with_name("data")
MOST: Final = 200  # items of a list of one's own
LONGEST: Final = {"part": 120, "number": 12, "name": 160, "gist": 400}
COLUMNS: Final = ("part", "number", "name", "gist")
NEEDED: Final = ("part", "name")


@dataclass(frozen=True)
class Entry:
    """One item."""

    name: str
    number: str = ""
    gist: str = ""
    principles: int | None = None


@dataclass(frozen=True)
class Section:
    """One part, with its items in order."""

    name: str
    items: tuple[Entry, ...]


@dataclass(frozen=True)
class Outline:
    """A framework before it is kept."""

    slug: str
    version: str
    title: str
    parts: tuple[Section, ...]
    source: str = ""
    licence_note: str = ""
    counted: str = ""

    @property
    def key(self) -> str:
        """What it is chosen by."""
        return f"{self.slug}@{self.version}"

    @property
    def size(self) -> int:
        """How many items it has."""
        return sum(len(each.items) for each in self.parts)


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line, and how to mend it. Line 0 is the whole."""

    line: int
    what: str
    mend: str


@dataclass
class Read:
    """What a list gives."""

    parts: tuple[Section, ...] = ()
    faults: list[Fault] = field(default_factory=list)


@lru_cache(maxsize=1)
def shipped() -> dict[str, Outline]:
    """Return the frameworks that come with the program, by their keys."""
    found = [_outline(tomllib.loads(path.read_text("utf-8"))) for path in _FOLDER.glob("*.toml")]
    return {each.key: each for each in sorted(found, key=lambda each: (each.title, each.version))}


def _outline(data: dict[str, Any]) -> Outline:
    parts = tuple(
        Section(each["name"], tuple(_entry(item) for item in each["items"]))
        for each in data["parts"]
    )
    return Outline(**{**data, "parts": parts})


def _entry(item: str | dict[str, Any]) -> Entry:
    return Entry(item) if isinstance(item, str) else Entry(**item)


def as_data(parts: Iterable[Section]) -> list[dict[str, Any]]:
    """Return parts as plain data, to be carried through a preview."""
    return [asdict(each) for each in parts]


def from_data(data: Iterable[dict[str, Any]]) -> tuple[Section, ...]:
    """Return what was carried."""
    return tuple(
        Section(each["name"], tuple(Entry(**item) for item in each["items"])) for each in data
    )


def slug_of(title: str) -> str:
    """Return the address of a title; one without letters of ours has a plain one."""
    return slugify(title)[:60].strip("-") or "list"


def read(headers: Iterable[str], lines: Iterable[tuple[int, tuple[str, ...]]]) -> Read:
    """Take the lines of a list: part, number, name, gist. All or nothing."""
    found = Read()
    places = {name.strip().lower(): at for at, name in enumerate(headers)}
    missing = [name for name in NEEDED if name not in places]
    if missing:
        what = _("There is no column called “%(name)s”.") % {"name": missing[0]}
        mend = _("Name the columns in the first line: part,number,name,gist")
        return Read(faults=[Fault(0, what, mend)])
    parts: dict[str, list[Entry]] = {}
    seen: dict[tuple[str, str], int] = {}
    for number, cells in lines:
        row = {name: _cell(cells, places.get(name)) for name in COLUMNS}
        found.faults += _faults(number, row, seen)
        seen[row["part"], row["name"]] = number
        parts.setdefault(row["part"], []).append(Entry(row["name"], row["number"], row["gist"]))
    if len(seen) > MOST:
        what = _("There are more than %(most)s items.") % {"most": MOST}
        found.faults.append(Fault(0, what, _("Make two lists of it.")))
    found.parts = tuple(Section(name, tuple(items)) for name, items in parts.items())
    return found


def _cell(cells: tuple[str, ...], at: int | None) -> str:
    return " ".join(cells[at].split()) if at is not None and at < len(cells) else ""


def _faults(line: int, row: dict[str, str], seen: dict[tuple[str, str], int]) -> Iterator[Fault]:
    for name in NEEDED:
        if not row[name]:
            words = {"name": name}
            yield Fault(
                line,
                _("The %(name)s is empty.") % words,
                _("Write the %(name)s, or take the line out.") % words,
            )
    for name, most in LONGEST.items():
        if len(row[name]) > most:
            words = {"name": name, "most": str(most)}
            yield Fault(
                line,
                _("The %(name)s is longer than %(most)s letters.") % words,
                _("Shorten it."),
            )
    before = seen.get((row["part"], row["name"]))
    if before is not None and row["name"]:
        what = _("This is in line %(line)s already.") % {"line": before}
        yield Fault(line, what, _("Take one of the two out."))
