"""The result of a check as plain data, for the command line and for other programs."""

from typing import Any

from goldenthread.safety.release.control.hiding import Protected, protect
from goldenthread.safety.release.control.profiles import Profile
from goldenthread.safety.release.control.tables import Key, Table


def check(table: Table, profile: Profile) -> dict[str, Any]:
    """Return what may be shown of a table, and what an attacker could find of the rest.

    `cells` has every cell and every total that was given; `totals` those added up here, which may
    be shown too; `hidden` the cells without a number and the range an attacker could find, who
    knows everything shown and the rule (`high` is none if nothing limits it). `more_hidden` says
    whether cells are hidden that the rule alone would show; `withheld`, that nothing of the table
    can be shown, which happens only to tables of fewer than ten people.
    """
    done = protect(table, profile)
    bounds = done.bounds()
    mine = [key for key in table.numbers() if not key.is_total or key in table.given]
    made = [key for key in table.totals() if key not in table.given]
    return {
        "profile": profile.name,
        "rule": profile.sentence,
        "cells": [_named(table, key) | {"shown": done.shown(key)} for key in mine],
        "hidden": [
            _named(table, key) | {"low": bounds[key].low, "high": bounds[key].high}
            for key in mine
            if key in bounds
        ],
        "totals": [_total(done, key) for key in made],
        "more_hidden": done.more_hidden,
        "withheld": done.withheld,
    }


def _named(table: Table, key: Key) -> dict[str, str | None]:
    row, column = table.given.get(key, key)
    return {"row": row, "column": column}


def _total(done: Protected, key: Key) -> dict[str, Any]:
    """Return a total that was added up here; `row` or `column` is none for "all of them"."""
    return {"row": key.row, "column": key.column, "shown": done.shown(key)}
