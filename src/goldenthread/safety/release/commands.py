"""`goldenthread release check`: what may be shown of a table of counts."""

import argparse
import json
import sys
from typing import TYPE_CHECKING, Any

from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES

if TYPE_CHECKING:
    from goldenthread.safety.release.control import Table

FAULTY = 2


def add_commands(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the commands."""
    release = subparsers.add_parser("release", help="check which figures may be shown")
    acts = release.add_subparsers(metavar="WHAT", title="what", required=True)
    check = acts.add_parser(
        "check",
        help="hide small numbers in a table of counts, and attack the result",
        description="Read a file of lines “row,column,count”, with or without a line of names. "
        "Hide what the profile hides, round the rest, and hide more until a solver that knows "
        "everything shown, and the rule, cannot say any hidden number to within 5. Needs no "
        "database. A row or column called Total must add up.",
    )
    check.add_argument("table", metavar="TABLE.csv", help="the file; “-” reads what is piped in")
    check.add_argument(
        "--profile", choices=list(PROFILES), default=DEFAULT, help="rule to use (%(default)s)"
    )
    check.add_argument("--json", action="store_true", help="print one JSON object")
    check.set_defaults(act=_check, needs="nothing")


def _check(options: argparse.Namespace) -> int:
    from goldenthread.safety.release.control import BadTable, check

    try:
        result = check(_table(options.table), PROFILES[options.profile])
    except (BadTable, UnicodeDecodeError, FileNotFoundError, IsADirectoryError) as fault:
        print(_sentence(fault, options.table), file=sys.stderr)
        return FAULTY
    if options.json:
        print(json.dumps(result, ensure_ascii=False))
    else:
        print("\n".join(_lines(result)))
    return 0


def _table(path: str) -> "Table":
    from goldenthread.safety.release.control import read

    if path == "-":
        return read(sys.stdin)
    with open(path, encoding="utf-8-sig", newline="") as file:  # noqa: PTH123 - as it was typed
        return read(file)


def _sentence(fault: Exception, path: str) -> str:
    if isinstance(fault, UnicodeDecodeError):
        return f"{path} is not text in UTF-8: save it as “CSV UTF-8”."
    if isinstance(fault, FileNotFoundError):
        return f"There is no file {path}."
    if isinstance(fault, IsADirectoryError):
        return f"{path} is a folder, not a file."
    return str(fault)


def _lines(result: dict[str, Any]) -> list[str]:
    ranges = {(each["row"], each["column"]): each for each in result["hidden"]}
    lines = [result["rule"]]
    for cell in result["cells"]:
        name = f"{cell['row']}, {cell['column']}: "
        found = ranges.get((cell["row"], cell["column"]))
        if found is None:
            lines.append(f"{name}{cell['shown']}")
        else:
            lines.append(f"{name}hidden; an attacker finds {found['low']} to {found['high']}")
    return lines
