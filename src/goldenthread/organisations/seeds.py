"""The help lines that a new organisation begins with, by nation and kind."""

import json
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from goldenthread.organisations.models import HelpLine, Organisation


@cache
def _lines() -> list[dict[str, Any]]:
    text = resources.files("goldenthread.organisations").joinpath("data/help_lines.json")
    lines: list[dict[str, Any]] = json.loads(text.read_text(encoding="utf-8"))["lines"]
    return lines


def help_lines_for(organisation: Organisation) -> list[HelpLine]:
    """Return the lines for its nation and kind, unsaved, with the date of their source."""
    fitting = [
        line
        for line in _lines()
        if organisation.nation in line["nations"]
        and organisation.kind in line.get("kinds", Organisation.Kind.values)
    ]
    return [
        HelpLine(
            organisation=organisation,
            name=line["name"],
            number=line["number"],
            hours=line["hours"],
            ages=line["ages"],
            position=position,
            verified_on=date.fromisoformat(line["verified_on"]),
        )
        for position, line in enumerate(fitting)
    ]
