"""Reading a list of people: every fault with its line and how to mend it. Saves nothing."""

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from goldenthread.organisations.models import Role

HEAVIEST: Final = 512 * 1024
MOST_ROWS: Final = 5000
LONGEST_NAME: Final = 80
LONGEST_ADDRESS: Final = 254
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
COLUMNS: Final = {
    "name": {"name", "full name", "person"},
    "email": {"email", "e-mail", "mail", "email address", "e-mail address"},
    "role": {"role"},
}
ROLES: Final = {
    **{value: value for value in Role.Name.values},
    **{str(label).lower(): value for value, label in Role.Name.choices},
    "": "",
    "member": "",
}


@dataclass(frozen=True)
class Row:
    """One person of a list."""

    line: int
    name: str
    email: str
    role: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong in one line, and how to mend it. Line 0 is the file itself."""

    line: int
    what: str
    mend: str


@dataclass
class People:
    """What a file holds."""

    rows: list[Row] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(upload: bytes) -> People:
    """Read a CSV with the columns name, email and perhaps role; commas, semicolons or tabs."""
    if len(upload) > HEAVIEST:
        return _whole_file(_("The file is larger than 512 kB."), _("Split it into smaller lists."))
    if b"\0" in upload:
        return _whole_file(
            _("This is not a text file."), _("Save it as CSV (comma separated) first.")
        )
    return _read_lines(list(_table(_text(upload))))


def _read_lines(lines: list[tuple[int, list[str]]]) -> People:
    found = People()
    if not lines:
        return _whole_file(_("The file is empty."), _("Choose the file that holds the list."))
    columns = _columns(lines[0][1])
    if "email" not in columns:
        return _whole_file(
            _("There is no column called “email”."),
            _("Name the columns in the first line: name,email"),
        )
    if len(lines) - 1 > MOST_ROWS:
        return _whole_file(
            _("There are more than %(n)s people.") % {"n": f"{MOST_ROWS:,}"}, _("Split the list.")
        )
    _read_rows(lines[1:], columns, found)
    if not found.rows and not found.faults:
        return _whole_file(_("There is nobody on the list."), _("Add a line for each person."))
    return found


def _whole_file(what: str, mend: str) -> People:
    return People(faults=[Fault(0, what, mend)])


def _text(upload: bytes) -> str:
    """Take UTF-8 with or without its mark; else what Windows and old Excel write."""
    try:
        return upload.decode("utf-8-sig")
    except UnicodeDecodeError:
        return upload.decode("cp1252", errors="replace")


def _table(text: str) -> Iterable[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, [" ".join(cell.split()) for cell in cells]


def _columns(header: list[str]) -> dict[str, int]:
    places: dict[str, int] = {}
    for place, title in enumerate(header):
        for name, titles in COLUMNS.items():
            if title.lower() in titles:
                places.setdefault(name, place)
    return places


def _read_rows(lines: list[tuple[int, list[str]]], columns: dict[str, int], found: People) -> None:
    seen: dict[str, int] = {}
    for number, cells in lines:
        values = {name: cells[at] if at < len(cells) else "" for name, at in columns.items()}
        row = Row(
            line=number,
            name=values.get("name", ""),
            email=values["email"].lower(),
            role=values.get("role", "").lower(),
        )
        faults = list(_faults(row, seen))
        found.faults += faults
        if not faults:
            seen[row.email] = number
            found.rows.append(Row(number, row.name, row.email, ROLES[row.role]))


def _faults(row: Row, seen: dict[str, int]) -> Iterable[Fault]:
    if not row.email:
        yield Fault(
            row.line,
            _("There is no e-mail address."),
            _("Add the address, or take the line out: see Members without e-mail."),
        )
    elif not _is_address(row.email):
        yield Fault(
            row.line, _("This is not an e-mail address."), _("Write it like name@example.org.")
        )
    elif row.email in seen:
        yield Fault(
            row.line,
            _("The address is in line %(line)s already.") % {"line": seen[row.email]},
            _("Take one of them out."),
        )
    if len(row.name) > LONGEST_NAME:
        yield Fault(row.line, _("The name is longer than 80 letters."), _("Shorten it."))
    if row.name.startswith(FORMULA):
        yield Fault(row.line, _("The name begins like a formula."), _("Begin it with a letter."))
    if row.role not in ROLES:
        names = {"names": ", ".join(Role.Name.values)}  # as a list is read in any language
        mend = _("Use one of: %(names)s. Or leave it empty.") % names
        yield Fault(row.line, _("We do not know this role."), mend)


def _is_address(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return len(text) <= LONGEST_ADDRESS and not text.startswith(FORMULA)
