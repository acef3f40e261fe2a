"""One catalogue a language: brought up to date, checked, compiled for Django."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Text
from babel.messages.checkers import checkers
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from goldenthread.kit.translation.offered import (
    CATALOGUES,
    CHECKED_BY,
    checked_by,
    name_of,
    path_of,
)

NAMED: Final = re.compile(r"%\((\w+)\)")
TAG: Final = re.compile(r"<[^<>]+>")


@dataclass(frozen=True, slots=True)
class Fault:
    """A translation that would break a page, or lose a number or a name."""

    text: str
    says: str


def read(code: str, folder: Path = CATALOGUES) -> Catalog:
    """Return the catalogue of a language, an empty one when there is none yet."""
    path = path_of(code, folder)
    if not path.exists():
        return Catalog(code, project="Golden Thread", charset="utf-8", fuzzy=False)
    with path.open("rb") as file:
        return read_po(file, locale=code)


def bring_up_to_date(code: str, texts: Catalog, folder: Path = CATALOGUES) -> Catalog:
    """Add new texts to a catalogue and lay old ones aside; nothing is guessed."""
    catalogue = read(code, folder)
    by = checked_by(code, folder)
    catalogue.update(texts, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.header_comment = f"# Golden Thread in {name_of(code)}."
    path = path_of(code, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        write_po(file, catalogue, width=100, sort_by_file=True, include_lineno=False)
    _say_who(path, by)
    return catalogue


def _say_who(path: Path, by: str) -> None:
    text = path.read_text(encoding="utf-8")
    if CHECKED_BY not in text:
        mark = '"MIME-Version:'
        path.write_text(text.replace(mark, f'"{CHECKED_BY}: {by}\\n"\n{mark}', 1), encoding="utf-8")


def missing(catalogue: Catalog) -> list[Text]:
    """Return the texts that have no translation yet."""
    return [one for one in catalogue if one.id and not all(_strings(one))]


def faults(catalogue: Catalog) -> list[Fault]:
    """Return the translations that would break: other placeholders, too few plural forms."""
    return [
        Fault(_strings_of(one.id)[0], says)
        for one in catalogue
        if one.id and any(_strings(one))
        for says in _faults_of(one, catalogue)
    ]


def _faults_of(text: Text, catalogue: Catalog) -> Iterator[str]:
    for check in checkers:
        try:
            check(catalogue, text)
        except Exception as error:  # noqa: BLE001 -- Babel's checkers tell by raising
            yield str(error)
            return
    wanted = {name for one in _strings_of(text.id) for name in NAMED.findall(one)}
    tags = [sorted(TAG.findall(one)) for one in _strings_of(text.id)]
    for said in filter(None, _strings(text)):
        if not set(NAMED.findall(said)) <= wanted:
            yield "names something that the English text does not have"
        if sorted(TAG.findall(said)) not in tags:
            yield "has other tags than the English text"


def compile_into(target: Path, codes: list[str], folder: Path = CATALOGUES) -> None:
    """Write the compiled catalogues of `codes` where Django looks for them."""
    for code in codes:
        path = target / code / "LC_MESSAGES" / "django.mo"
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("wb") as file:
            write_mo(file, read(code, folder))


def _strings(text: Text) -> tuple[str, ...]:
    return _strings_of(text.string or "")


def _strings_of(either: str | tuple[str, ...] | list[str]) -> tuple[str, ...]:
    return (either,) if isinstance(either, str) else tuple(either)
