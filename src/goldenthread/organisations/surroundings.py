"""What stands around every page: whose it is, how it looks, and who helps now."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from django.http import HttpRequest

from goldenthread.kit.components.furniture import for_children, last_resort
from goldenthread.kit.pages import around
from goldenthread.kit.shapes import HelpLine as Line
from goldenthread.organisations.models import HelpLine
from goldenthread.organisations.queries import help_lines_of

_NUMBER = re.compile(r"\+?[0-9][0-9 ]*")


@around
def organisation_and_help(request: HttpRequest, inside: Mapping[str, Any]) -> dict[str, Any]:
    """Give name, looks and help lines of the organisation or project that the page is about.

    A page that is about neither says by `children` whether a child may be reading it.
    """
    known: dict[str, Any] = {"speaker": getattr(request, "speaker", None)}
    project = inside.get("project")
    organisation = inside.get("organisation") or getattr(project, "organisation", None)
    children = bool(getattr(project, "for_under_18", inside.get("children")))
    if organisation is None:
        return known | {"help_lines": as_shown([], children=True)} if children else known
    lines = as_shown(help_lines_of(organisation), children=children)
    return known | {
        "organisation": organisation,
        "site_name": organisation.name,
        "help_lines": lines,
    }


def as_shown(lines: Iterable[HelpLine], *, children: bool = False) -> list[Line]:
    """Return the lines of an organisation, after 999 and with Samaritans even if it has none.

    Where children are asked, Childline stands beside them whatever the settings say. The day of
    the last check is that of the organisation's own lines, if it has some.
    """
    danger, samaritans = last_resort()
    shown = [_as_shown(line) for line in lines]
    built_in = partial(replace, **({"checked_on": None} if shown else {}))
    if all(line.number != samaritans.number for line in shown):
        shown.insert(0, built_in(samaritans))
    if children and all(line.number != for_children().number for line in shown):
        shown.insert(1, built_in(for_children()))
    return [danger, *shown]


def _as_shown(line: HelpLine) -> Line:
    note = ". ".join(part[:1].upper() + part[1:] for part in (line.hours, line.ages) if part)
    said = f"{note}." if note else ""
    return Line(line.name, line.number, _href(line.number), said, line.verified_on)


def _href(number: str) -> str:
    """Return what a phone does with it: text, call, or nothing but show it."""
    found = _NUMBER.search(number)
    if found is None:
        return "#get-help"
    scheme = "sms" if number.lower().startswith("text") else "tel"
    return f"{scheme}:{found[0].replace(' ', '')}"
