"""What we hold, said in plain words: on the page behind a receipt, and in the file to be read."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any, Final

from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from goldenthread.kit.holder import Kind, Row
from goldenthread.kit.text import say_day, say_hour

SHEET: Final = Path(__file__).with_name("static") / "pages" / "file.css"
# A column by its name in the tables, and as people say it. Others are said as they are called.
NAMES: Final[dict[str, Any]] = {
    "acknowledge by": gettext_lazy("You hear that we have it by"),
    "acknowledged on": gettext_lazy("We said that we have it on"),
    "asked on": gettext_lazy("Asked on"),
    "auth": gettext_lazy("the scrambled receipt, or code of a card"),
    "batch": gettext_lazy("With which file it came"),
    "because": gettext_lazy("Why"),
    "by letter": gettext_lazy("Came by letter"),
    "came by": gettext_lazy("How it came"),
    "carer": gettext_lazy("Looks after someone"),
    "co owner name": gettext_lazy("Who looks after it too"),
    "content note": gettext_lazy("Note before the words"),
    "decided on": gettext_lazy("Decided on"),
    "drawer": gettext_lazy("the scrambled receipt, or code of a card"),
    "due on": gettext_lazy("Due by"),
    "due at": gettext_lazy("Due by"),
    "email": gettext_lazy("E-mail address"),
    "extended because": gettext_lazy("Why it takes longer"),
    "filled": gettext_lazy("How the seat was filled"),
    "form key": gettext_lazy("a mark, so that nothing is sent twice"),
    "given name": gettext_lazy("The name you gave"),
    "helped shown": gettext_lazy("What would have helped, as others see it"),
    "is active": gettext_lazy("Account in use"),
    "issued week": gettext_lazy("Given out in the week of"),
    "key": gettext_lazy("Mark of the letter"),
    "kind": gettext_lazy("What it is"),
    "known as": gettext_lazy("Who may know it was you"),
    "mark": gettext_lazy("a scrambled mark"),
    "misses": gettext_lazy("Wrong numbers in a row"),
    "names": gettext_lazy("What it is about"),
    "note shown": gettext_lazy("Note before the words, as others see it"),
    "on": gettext_lazy("Day"),
    "owner name": gettext_lazy("Who looks after it"),
    "purpose": gettext_lazy("What for"),
    "receipt": gettext_lazy("which receipt it stands behind"),
    "received on": gettext_lazy("Came on"),
    "released on": gettext_lazy("Released on"),
    "salt": gettext_lazy("a random number that belongs to the seal"),
    "sealed": gettext_lazy("What is locked"),
    "shown": gettext_lazy("The words, as others see them"),
    "starts on": gettext_lazy("From"),
    "ends on": gettext_lazy("Until"),
    "state": gettext_lazy("How it stands"),
    "text": gettext_lazy("The words"),
    "wants mail": gettext_lazy("E-mails wanted"),
    "whose": gettext_lazy("Whose experience it is"),
    "withdrawn on": gettext_lazy("Taken back on"),
}


@dataclass(frozen=True)
class Said:
    """One row in plain words: pairs of a name and what it says, and what is not shown."""

    facts: list[tuple[str, str]]
    kept: list[str]


@dataclass(frozen=True)
class Part:
    """One kind of thing that we hold, why, and how long."""

    what: str
    why: str
    how_long: list[str]
    rows: list[Said]


def in_plain_words(kinds: Iterable[Kind]) -> list[Part]:
    """Return everything as it is read by the person to whom it belongs."""
    return [
        Part(
            str(kind.held.what),
            str(kind.held.why),
            kind.held.sentences,
            [_row(row) for row in kind.rows],
        )
        for kind in kinds
    ]


def sheet() -> SafeString:
    """Return the look of a file that is opened far from this site: it stands in the file."""
    css = mark_safe(SHEET.read_text(encoding="utf-8"))  # noqa: S308  our own file
    return format_html("<style>{}</style>", css)


def _row(row: Row) -> Said:
    said = [(capfirst(_named(name)), _said(name, value)) for name, value in row.shown.items()]
    facts = [(name, value) for name, value in said if value]
    kept = [_named(name) for name in row.kept]
    return Said(facts, list(dict.fromkeys(name[0].lower() + name[1:] for name in kept)))


def _named(name: str) -> str:
    return str(NAMES.get(name, name))


def _said(name: str, value: Any) -> str:
    return get_language_info(value)["name_local"] if name == "language" else _value(value)


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        local = timezone.localtime(value)
        return f"{say_day(local)}, {say_hour(local)}"
    if isinstance(value, date):
        return say_day(value)
    if isinstance(value, dict):
        return ", ".join(map(_value, value.values()))
    return ", ".join(map(_value, value)) if isinstance(value, list) else str(value)
