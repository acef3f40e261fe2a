"""What stands in the folder `docs`: its parts, and the documents that are found there."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

FIRST_LINE = re.compile(r"#\s+(?:\d{4}:? )?(.+)")


@dataclass(frozen=True)
class Document:
    """One text, by its path in the folder without `.md`."""

    path: str
    title: str

    def read(self) -> str:
        """Return what is written there."""
        return _file(self.path).read_text(encoding="utf-8")


@dataclass(frozen=True)
class Part:
    """Documents that answer the same kind of question."""

    key: str
    title: str
    about: str
    documents: tuple[Document, ...]


@cache
def parts() -> tuple[Part, ...]:
    """Return the parts in their order; a new document takes its place by its folder and name."""
    order = tomllib.loads((Path(settings.DOCS) / "order.toml").read_text(encoding="utf-8"))
    placed = {path for part in order.values() for path in part.get("first", ())}
    found = []
    for at, (key, part) in enumerate(order.items()):
        folders = [key, "."] if at == 0 else [key]  # the first part takes in what none names
        rest = sorted(path for folder in folders for path in _paths_in(folder))
        paths = [*part.get("first", ()), *(path for path in rest if path not in placed)]
        documents = tuple(Document(path, _title_of(path)) for path in paths)
        found.append(Part(key, part["title"], part["about"], documents))
    return tuple(found)


@cache
def documents() -> dict[str, Document]:
    """Return every document by its path."""
    return {document.path: document for part in parts() for document in part.documents}


@cache
def part_of(document: Document) -> Part:
    """Return the part that a document stands in."""
    return next(part for part in parts() if document in part.documents)


def _file(path: str) -> Path:
    return Path(settings.DOCS) / f"{path}.md"


def _paths_in(folder: str) -> list[str]:
    docs = Path(settings.DOCS)
    return [
        str(each.relative_to(docs).with_suffix("")) for each in sorted((docs / folder).glob("*.md"))
    ]


def _title_of(path: str) -> str:
    with _file(path).open(encoding="utf-8") as lines:
        found = FIRST_LINE.match(lines.readline())
    return found[1].replace("`", "").strip() if found else path.rpartition("/")[2]
