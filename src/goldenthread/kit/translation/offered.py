"""Which languages people can choose: those that a named speaker has read, `X-Checked-By`.

Read by the settings, so without Babel.
"""

import re
from pathlib import Path
from typing import Final

from django.conf.locale import LANG_INFO

CATALOGUES: Final = Path(__file__).resolve().parents[2] / "locale"
CHECKED_BY: Final = "X-Checked-By"
HEADER: Final = re.compile(rf'^"{CHECKED_BY}:(.*)\\n"$', re.MULTILINE)


def languages(folder: Path = CATALOGUES) -> list[str]:
    """Return the languages that have a catalogue, as their folders are called (cy, pt_BR)."""
    return sorted(path.parent.parent.name for path in folder.glob("*/LC_MESSAGES/django.po"))


def offered(folder: Path = CATALOGUES) -> list[tuple[str, str]]:
    """Return code and own name of each language that a named speaker has checked."""
    checked = [name for name in languages(folder) if checked_by(name, folder)]
    return [(name.replace("_", "-").lower(), name_of(name)) for name in checked]


def name_of(language: str) -> str:
    """Return what a language calls itself; its code, if it is not known."""
    known = LANG_INFO.get(language.replace("_", "-").lower(), {})
    return str(known.get("name_local", language)).capitalize()


def checked_by(language: str, folder: Path = CATALOGUES) -> str:
    """Return who has checked a language; empty: nobody yet."""
    path = path_of(language, folder)
    found = HEADER.search(path.read_text(encoding="utf-8")) if path.exists() else None
    return found[1].strip() if found else ""


def path_of(language: str, folder: Path = CATALOGUES) -> Path:
    """Return where the catalogue of a language is kept."""
    return folder / language / "LC_MESSAGES" / "django.po"
