"""Every promise a page makes is tied to a check that fails when it is broken.

Each room lists its own in `promises.toml`: under [promises] each sentence with the checks that
prove it, a test or the id of a line in `docs/checks.toml`; under [plain] each sentence that only
sounds like a promise, with what it is.
"""

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
from tests.architecture import house
from tests.architecture.sentences import sentences_of

SOUNDS = re.compile(
    r"\bwe(?: (?:do not|don’t|never|will|keep|kept|always|promise|destroy|delete|forget)\b|’ll\b)"
    r"|\b(?:never|only you|destroyed|deleted|tracking)\b"
    r"|\b(?:nobody|no one)\b(?! (?:has|is|looked|was|reads yet|facilitates yet|stands)\b)"
    r"|\b(?:are|is) (?:gone|kept|hidden)\b|\bwithin \w+ (?:hours|days|weeks)\b",
    re.IGNORECASE,
)
# On these pages every sentence is a promise, however it sounds.
WHOLE = {
    "src/goldenthread/pages/templates/pages/what_we_keep.html",
    "src/goldenthread/listen/voices/templates/voices/promises.html",
    "src/goldenthread/pages/templates/pages/seized.html",
    "src/goldenthread/safety/moderation/templates/moderation/policy.html",
    "src/goldenthread/safety/young/templates/young/guardians.html",
}
CHECKS = tomllib.loads((house.ROOT / "docs" / "checks.toml").read_text())


def listed(room: str) -> dict[str, Any]:
    """What a room says of its promises."""
    path = house.SOURCE.joinpath(*room.split(".")[1:], "promises.toml")
    return tomllib.loads(path.read_text()) if path.exists() else {}


def sounding(room: str) -> dict[str, str]:
    """Sentences of a room that sound like a promise, with the file each stands in."""
    return {
        sentence: path
        for sentence, path in sentences_of(room).items()
        if sentence[-1] in ".!?" and (SOUNDS.search(sentence) or path in WHOLE)
    }


def missing(checks: list[str]) -> list[str]:
    """Which of these checks are not there."""
    return [check for check in checks if not _stands(check)]


def _stands(check: str) -> bool:
    if check in CHECKS:
        return bool(CHECKS[check].get("tests")) and not missing(CHECKS[check]["tests"])
    path, _, name = check.partition("::")
    found = house.ROOT / path
    return bool(name) and found.is_file() and name in names_in(found)


def names_in(path: Path) -> set[str]:
    """Names of the tests in a file."""
    return {
        node.name
        for node in ast.walk(house.tree(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    }


@pytest.mark.parametrize("room", house.rooms())
def test_every_promise_is_tied_to_a_check(room):
    told = listed(room)
    known = {*told.get("promises", {}), *told.get("plain", {})}
    untied = {say: path for say, path in sounding(room).items() if say not in known}
    assert untied == {}, f"list them in the promises.toml of {room}"


@pytest.mark.parametrize("room", house.rooms())
def test_every_check_of_a_promise_stands(room):
    told = listed(room)
    broken = {say: missing(checks) for say, checks in told.get("promises", {}).items()}
    assert {say: gone for say, gone in broken.items() if gone} == {}
    assert [say for say, checks in told.get("promises", {}).items() if not checks] == []
    assert [say for say, why in told.get("plain", {}).items() if not why] == []


@pytest.mark.parametrize("room", house.rooms())
def test_no_promise_is_listed_that_no_page_makes(room):
    made = sentences_of(room)
    assert [say for say in listed(room).get("promises", {}) if say not in made] == []


def test_every_line_of_the_checks_has_its_tests_or_says_that_it_is_to_come():
    assert [f"R{number}" for number in range(1, 42)] == [name for name in CHECKS if name[0] == "R"]
    for name, line in CHECKS.items():
        assert line["what"], name
        assert "tests" in line or "to_come" in line, name
        assert missing([*line.get("tests", []), *line.get("controls", [])]) == [], name
        assert line.get("controls") or "to_come" in line, f"{name} has no negative control"


def test_a_check_that_is_gone_is_missed():
    here = "tests/architecture/test_promises.py"
    assert missing([f"{here}::test_a_check_that_is_gone_is_missed"]) == []
    for gone in (f"{here}::test_nothing", "tests/none.py::test_x", here, "R99", ""):
        assert missing([gone]) == [gone]


def test_a_new_promise_is_seen_in_a_page_and_in_a_message(tmp_path, monkeypatch):
    room = house.SOURCE / "pages"
    page, module = room / "templates" / "x.html", room / "x.py"
    texts = {
        page: '<p>{% translate "Hello." %} {% translate "We never" %} <b>sell</b> it. Bye.</p>',
        module: '"""We never say this."""\nsaid = _("Nobody else sees %(it)s. Good.")',
    }
    monkeypatch.setattr(house, "tracked_files", lambda: [page, module])
    monkeypatch.setattr(house, "tree", lambda path: ast.parse(texts[path]))
    monkeypatch.setattr(Path, "read_text", lambda path: texts[path])
    assert set(sounding("goldenthread.pages")) == {"We never sell it.", "Nobody else sees …."}
