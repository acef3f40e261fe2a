"""The guide as files that need no server: the same pages, between which links are relative."""

import shutil
from pathlib import Path
from posixpath import dirname, relpath

from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from goldenthread.guide.library import Document, part_of, parts
from goldenthread.guide.rendering import show

SHEETS = ("kit/kit.css", "guide/guide.css", "kit/favicon.svg")


class NotEmptyError(Exception):
    """What lies there already would be mixed with the guide."""


class Beside:
    """Addresses as they are seen from one file."""

    def __init__(self, path: str) -> None:
        self._folder = dirname(path) or "."

    def document(self, path: str) -> str:
        """Return the way to the file of a document."""
        return relpath(f"{path}.html", self._folder)

    def picture(self, name: str) -> str:
        """Return the way to a picture."""
        return relpath(f"pictures/{name}", self._folder)


def write(folder: Path) -> int:
    """Write every page, the looks and the pictures; return how many pages there are."""
    if folder.exists() and any(folder.iterdir()):
        raise NotEmptyError
    shutil.copytree(Path(settings.DOCS) / "pictures", folder / "pictures", dirs_exist_ok=True)
    for sheet in SHEETS:
        shutil.copy(str(finders.find(sheet)), folder)
    written = [_write(folder, document) for part in parts() for document in part.documents]
    beside = Beside("index")
    listed = [
        (part, [(each.title, beside.document(each.path)) for each in part.documents])
        for part in parts()
    ]
    _save(folder, "index", {"parts": listed})
    return len(written) + 1


def _write(folder: Path, document: Document) -> Path:
    places = Beside(document.path)
    listed = [
        (each.title, places.document(each.path), each == document)
        for each in part_of(document).documents
    ]
    shown = show(document, places)
    context = {"document": document, "part": part_of(document), "shown": shown, "beside": listed}
    return _save(folder, document.path, context)


def _save(folder: Path, path: str, context: dict[str, object]) -> Path:
    places = Beside(path)
    up = relpath(".", dirname(path) or ".")
    context |= {"up": up, "first": places.document("index")}
    file = folder / f"{path}.html"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(render_to_string("guide/file.html", context), encoding="utf-8")
    return file
