"""Which texts there are to translate: taken from our own code and templates."""

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation.template import templatize

SOURCE: Final = Path(__file__).resolve().parents[2]
KEYWORDS: Final = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "marked": None,
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "npgettext": ((1, "c"), 2, 3),
    "say_counted": (2, 3),
    "_say_many": (2, 3),
    "how_many": (2, 3),
    "Event": (2,),  # what the record says
}
COUNT: Final = re.compile(r'{% count \S+ "([^"]+)" "([^"]+)"')  # our tag: three voices
FOR_TRANSLATORS: Final = ("Translators:",)
LEFT_OUT: Final = {"tests", "migrations", "gallery", "testing"}  # nobody's page


def collect(source: Path = SOURCE) -> Catalog:
    """Return an empty catalogue of all texts that are marked in `source`."""
    found = Catalog(project="Golden Thread", charset="utf-8", fuzzy=False)
    for path in files_in(source):
        place = path.relative_to(source).as_posix()
        for line, text, comments, context in _texts_of(path):
            found.add(text, None, [(place, line)], auto_comments=comments, context=context)
    return found


def files_in(source: Path) -> Iterator[Path]:
    """Yield the code and the templates that people meet, in one order everywhere."""
    for path in sorted(source.rglob("*")):
        wanted = path.suffix == ".py" or (
            path.suffix in (".html", ".txt") and "templates" in path.parts
        )
        if wanted and not LEFT_OUT & set(path.relative_to(source).parts):
            yield path


def _texts_of(path: Path) -> Iterator[tuple[int, str | tuple[str, ...], list[str], str | None]]:
    code = path.read_text(encoding="utf-8")
    if path.suffix != ".py":
        # In brackets, so that the indentation of HTML is none of Python's.
        counts = [f"ngettext({one!r}, {many!r}, 2)" for one, many in COUNT.findall(code)]
        code = f"({templatize(code, origin=str(path))} {' '.join(counts)})"
    yield from extract(
        "python", BytesIO(code.encode()), KEYWORDS, FOR_TRANSLATORS, {"encoding": "utf-8"}
    )
