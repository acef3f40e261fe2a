"""From a page of the product to the document about it: by data, and without a query."""

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from goldenthread.guide.places import HERE
from goldenthread.kit.pages import around
from goldenthread.kit.shapes import Crumb

FILE = Path(__file__).parent / "data" / "pages.toml"


@around
def about_page(request: HttpRequest, inside: Mapping[str, Any]) -> dict[str, Any]:
    """Lead to what is written about this page; nothing leads away from where someone writes."""
    match = request.resolver_match
    if match is None or inside.get("neutral_title"):
        return {}
    section, target = told_about(match.view_name)
    if section not in {"staff", "everybody"}:
        return {}
    path, _hash, anchor = target.partition("#")
    href = HERE.document(path) + (f"#{anchor}" if anchor else "")
    if section == "staff":
        return {"about_page": Crumb(_("How this page works (in a new tab)"), href, new_tab=True)}
    return {"about_page": Crumb(_("How this works"), href)}


def told_about(route: str) -> tuple[str, str]:
    """Return which section of the data names a route, or its room, and what it says."""
    for name in (route, room_of(route)):
        for section, named in told().items():
            if name in named:
                return section, named[name]
    return "", ""


def room_of(route: str) -> str:
    """Return the room of a route, or the library."""
    return route.partition(":" if ":" in route else "_")[0]


@cache
def told() -> dict[str, dict[str, str]]:
    """Return what is told about which page: of staff, of everybody, and why of some nothing."""
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
