"""Every write of the product is measured by the bench, or it is said why not."""

import json
import re
import tomllib
from fnmatch import fnmatch

from tests.architecture import house

ROOT = house.ROOT
WRITES = re.compile(r"post (200|302)")


def writable():
    """The routes to which somebody may send something, by the table of the role matrix."""
    table = json.loads((ROOT / "tests/matrix/golden.json").read_text())
    return {
        route.split()[0]
        for routes in table.values()
        for route, answers in routes.items()
        if WRITES.search(answers)
    }


def named():
    return tomllib.loads((ROOT / "bench/routes.toml").read_text())


def left_out(routes, told):
    """The routes that are neither measured nor excused."""
    excused = [name for names in told["not_written"].values() for name in names]
    rest = routes - set(told["written"])
    return sorted(r for r in rest if not any(fnmatch(r, name) for name in excused))


def test_each_write_is_measured_or_it_says_why_not():
    assert left_out(writable(), named()) == []


def test_a_write_that_is_forgotten_is_caught():
    assert left_out({"voices:shout"}, named()) == ["voices:shout"]


def test_each_excuse_is_for_something():
    excuses = {name for names in named()["not_written"].values() for name in names}
    assert {name for name in excuses if not any(fnmatch(r, name) for r in writable())} == set()
