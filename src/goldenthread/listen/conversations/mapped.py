"""What a frozen map says, in words and shapes for its pages."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as marked

from goldenthread.kit.shapes import Cell, FilterGroup, FilterOption
from goldenthread.kit.text import say_counted, say_day
from goldenthread.listen.conversations.models import Drawing, GroupName, Participant, Statement
from goldenthread.listen.conversations.pictures import BY_NAME
from goldenthread.listen.conversations.telling import NEARLY_ALL
from goldenthread.projects.models import Project

ON_A_PAGE: Final = 25
ON_A_MAP: Final = 5  # statements of a kind; the rest stands with all statements
COMPARED: Final = 5  # maps beside each other
AT_ONCE: Final = 50  # statements from map to map
PARTS: Final = {  # what nearly all did, and what some did
    "agree": (
        marked("nearly all of about %(base)s agree"),
        marked("about %(part)s of %(base)s agree"),
    ),
    "disagree": (
        marked("nearly all of about %(base)s disagree"),
        marked("about %(part)s of %(base)s disagree"),
    ),
    "pass": (
        marked("nearly all of about %(base)s pass"),
        marked("about %(part)s of %(base)s pass"),
    ),
}
Told = Mapping[str, Any]


def of_kinds(drawing: Drawing, refs: Iterable[str], *kinds: str) -> list[str]:
    """Return those of a map's statements that are of these kinds, kind by kind."""
    told = drawing.shown["statements"]
    rows = list(refs)
    return [ref for kind in kinds for ref in rows if told[ref]["kind"] == kind]


def statements(
    drawing: Drawing, known: Mapping[str, Statement], refs: Iterable[str]
) -> list[dict[str, Any]]:
    """Return statements of a map as rows; what may not be seen any more is left out."""
    told = drawing.shown["statements"]
    groups = [each["letter"] for each in drawing.shown["groups"]]
    return [_row(known[ref], told[ref], groups) for ref in refs if ref in known]


def own_words(drawing: Drawing) -> set[str]:
    """Return the statements in which the groups of a map are told."""
    return {said["statement"] for each in drawing.shown["groups"] for said in each["says"]}


def _row(statement: Statement, told: Told, groups: list[str]) -> dict[str, Any]:
    words = verdicts()
    return {
        "statement": statement,
        "picture": BY_NAME.get(statement.picture),
        "says": says(told),
        "bars": bars(told),
        "kind": kind_words()[told["kind"]],
        "groups": [
            {"letter": letter, "says": words[told.get("groups", {}).get(letter, "")]}
            for letter in groups
        ],
    }


def says(told: Told) -> str:
    """Say how many agree and disagree, as far as that may be told."""
    base = told["base"]
    parts = [_part(told[name], name, base) for name in PARTS]
    said = "; ".join(part for part in parts if part)
    if not said:
        return _("About %(base)s answered, in different ways.") % {"base": base}
    return f"{said[:1].upper()}{said[1:]}."


def _part(part: int | str | None, what: str, base: int) -> str:
    if part is None:
        return ""
    nearly_all, of_base = PARTS[what]
    if part == NEARLY_ALL:
        return _(nearly_all) % {"base": base}
    return _(of_base) % {"part": part, "base": base}


def bars(told: Told) -> list[dict[str, Any]]:
    """Return the parts of a bar of a hundred; what may not be told stays blank at the end."""
    at, found = 0.0, []
    for name in PARTS:
        part = told["base"] if told[name] == NEARLY_ALL else told[name]
        if part:
            wide = min(round(100 * part / told["base"], 1), 100 - at)
            found.append({"name": name, "x": at, "width": wide})
            at += wide
    return found


def key() -> list[tuple[str, str]]:
    """Return what the parts of a bar mean."""
    return [
        ("agree", _("agree")),
        ("disagree", _("disagree")),
        ("pass", _("pass")),
        ("rest", _("too few to say")),
    ]


def verdicts() -> dict[str, str]:
    """Return what is said of a group and a statement."""
    return {
        "agree": _("most agree"),
        "disagree": _("most disagree"),
        "pass": _("most pass"),
        "mixed": _("mixed"),
        "": _("too few answers"),
    }


def kind_words() -> dict[str, str]:
    """Return what is said of a statement as a whole."""
    return {
        "common": _("Common ground"),
        "divides": _("Groups differ"),
        "mixed": _("Mixed answers"),
        "unsure": _("Many are unsure"),
    }


def groups(
    drawing: Drawing,
    known: Mapping[str, Statement],
    names: Mapping[str, GroupName],
    own: Participant | None = None,
) -> list[dict[str, Any]]:
    """Return the groups of a map, each with its name and in its own words."""
    return [
        each
        | {
            "at": at,
            "title": _("Group %(letter)s") % {"letter": each["letter"]},
            "name": names.get(each["letter"]),
            "earlier": _earlier(drawing, names.get(each["letter"])),
            "below": each["y"] + each["ry"],
            "mine": own is not None and own.group == each["letter"],
            "how_many": _("about %(number)s people") % {"number": each["size"]},
            "own_words": [
                {"statement": known[said["statement"]], "agrees": said["direction"] == "agree"}
                for said in each["says"]
                if said["statement"] in known
            ],
        }
        for at, each in enumerate(drawing.shown["groups"])
    ]


def _earlier(drawing: Drawing, name: GroupName | None) -> int:
    """Return the number of the earlier map on which a name was given; 0 if it was on this one."""
    return name.drawing.number if name and name.drawing_id != drawing.ref else 0


def finding(drawing: Drawing) -> str:
    """Say in a sentence what the picture shows."""
    number = len(drawing.shown["groups"])
    sentence = _("People fall into %(groups)s, by how they answered.") % {
        "groups": say_counted(number, "group", "groups")
    }
    if drawing.shown["certainty"] == "open":
        sentence += " " + _("The lines between them are not sharp.")
    return sentence


def place(drawing: Drawing | None, own: Participant | None) -> str:
    """Tell somebody in which group they are, where a map shows it."""
    if drawing is None or own is None or not own.group:
        return ""
    sizes = {each["letter"]: each["size"] for each in drawing.shown["groups"]}
    if own.group not in sizes:
        return ""
    return _("On the newest map you are in group %(letter)s, with about %(number)s people.") % {
        "letter": own.group,
        "number": sizes[own.group],
    }


def filters(query: QueryDict) -> list[FilterGroup]:
    """Return the links by which statements are narrowed."""
    chosen, number = query.get("show", ""), query.get("number", "")
    more = f"&number={number}" if number.isdecimal() else ""
    options = [(_("All"), ""), *((words, kind) for kind, words in kind_words().items())]
    return [
        FilterGroup(
            _("Show"),
            [FilterOption(text, f"?show={kind}{more}", kind == chosen) for text, kind in options],
        )
    ]


def part_of(rows: list[str], query: QueryDict) -> dict[str, Any]:
    """Return one page of statements, and the ways to the others."""
    given = query.get("page", "")
    at = int(given) if given.isdecimal() and len(given) < 4 else 0  # noqa: PLR2004  no such page
    start = at * ON_A_PAGE

    def href(number: int) -> str:
        changed = query.copy()
        changed["page"] = str(number)
        return f"?{changed.urlencode()}"

    return {
        "rows": rows[start : start + ON_A_PAGE],
        "next_href": href(at + 1) if start + ON_A_PAGE < len(rows) else "",
        "previous_href": href(at - 1) if at else "",
        "how_many": say_counted(len(rows), "statement", "statements").capitalize(),
    }


def over_time(
    drawings: list[Drawing], known: Mapping[str, Statement], refs: Iterable[str]
) -> dict[str, Any]:
    """Return how agreement changed from map to map: a column a map, a row a statement."""
    last = drawings[-1].conversation
    headers = [
        _("Map %(number)s, %(day)s") % {"number": each.number, "day": say_day(each.frozen_on)}
        for each in drawings
    ]
    rows = [
        [
            _named(known[ref], last.project),
            *(_cell(each.shown["statements"].get(ref)) for each in drawings),
        ]
        for ref in refs
        if ref in known
    ]
    people = [
        _("People"),
        *(_("about %(number)s") % {"number": each.shown["people"]} for each in drawings),
    ]
    return {"headers": [_("Statement"), *headers], "rows": [people, *rows]}


def _named(statement: Statement, project: Project) -> str | Cell:
    """Return its words; where people should know something first, that, and the way to them."""
    if not statement.note:
        return statement.text
    href = reverse("voices:voice", args=[project.address, statement.voice_ref])
    return Cell(_("Before you read: %(note)s") % {"note": statement.note}, href)


def _cell(told: Told | None) -> str:
    if told is None:
        return _("not asked, or fewer than 10 answers")
    agree = told["agree"]
    if agree == NEARLY_ALL:
        return _("nearly all agree")
    if agree is None:
        return _("fewer than 10 agree")
    return _("about %(part)s of %(base)s agree") % {"part": agree, "base": told["base"]}
