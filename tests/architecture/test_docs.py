"""The documents say what the code says: every column, every kind of entry, every link."""

import ast
import re
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from django.conf import settings
from tests.architecture import house

from goldenthread.guide.rendering import MARKDOWN, Anchors, text_of

DOCS = house.ROOT / "docs"
LINK = re.compile(r"\]\((?!https?://|mailto:)([^)\s]+)")
SETTING = re.compile(r"GOLDENTHREAD_[A-Z_]+|DATABASE_URL")
READS = {"os.environ.get", "os.environ.setdefault", "os.environ.pop", "os.getenv"}
NOT_OURS = {"DJANGO_SETTINGS_MODULE", "DJANGO_ALLOW_ASYNC_UNSAFE"}  # of Django
FOR_TESTS = {"GOLDENTHREAD_TEST_DATA", "GOLDENTHREAD_PICTURES"}


def behind(docs: Path) -> list[str]:
    """Documents whose tables are behind the code; asked outside, where no test declares kinds."""
    command = [sys.executable, docs / "write_tables", "--check"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert asked.returncode in {0, 1}, asked.stderr
    return asked.stdout.split()


def test_tables_in_documents_are_those_of_the_code():
    assert behind(DOCS) == [], "run docs/write_tables"


def test_a_table_behind_the_code_is_caught(tmp_path):
    written = ["personal-data.md"]
    written += [f"reference/{name}.md" for name in ("record", "promises", "commands")]
    for name in ("write_tables", "checks.toml", "explanation/hints.md", *written):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DOCS / name, tmp_path / name)
    record = tmp_path / "reference" / "record.md"
    record.write_text(record.read_text().replace("`voice.", "`voices.", 1))
    assert behind(tmp_path) == ["reference/record.md"]


def test_every_column_stands_in_personal_data():
    text = (DOCS / "personal-data.md").read_text()
    missing = [
        f"{model._meta.db_table}.{field.column}"
        for model in house.own_models()
        for field in model._meta.local_concrete_fields
        if f"| `{field.column}` |" not in text.partition(f"**`{model._meta.db_table}`**")[2]
    ]
    assert missing == []


def settings_read(tree: ast.Module) -> set[str]:
    """Names of the environment that a file reads: by itself, or as constants of ours."""
    found = set()
    for node in ast.walk(tree):
        asked: ast.expr | None = None
        if isinstance(node, ast.Call) and node.args:
            asked = node.args[0] if ast.unparse(node.func) in READS else None
        elif isinstance(node, ast.Subscript) and ast.unparse(node.value) == "os.environ":
            asked = node.slice
        if isinstance(asked, ast.Constant):
            found.add(str(asked.value))
        elif isinstance(node, ast.Constant) and SETTING.fullmatch(str(node.value)):
            found.add(str(node.value))
    return found - NOT_OURS


def test_every_setting_is_described():
    told = (DOCS / "reference" / "settings.md").read_text()
    scripts = [house.ROOT / "run", house.ROOT / "test", DOCS / "take_pictures"]
    read = {name for path in house.own_python_files() for name in settings_read(house.tree(path))}
    read |= {name for path in scripts for name in settings_read(ast.parse(path.read_text()))}
    assert {"DATABASE_URL", "CHROME"} <= read
    assert sorted(name for name in read if f"`{name}`" not in told) == []
    ours = set(re.findall(r"`(GOLDENTHREAD_[A-Z_]+)`", told))
    assert sorted(ours - read - FOR_TESTS) == [], "described, and read nowhere"


def cookies_named(tree: ast.Module) -> set[str]:
    """Names of the cookies that a file keeps: its constant texts, if it uses those of the kit."""
    uses = {ast.unparse(node) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    if not any(re.search(r"goldenthread\.kit import .*\bcookies\b", each) for each in uses):
        return set()
    held = [node.value for node in tree.body if isinstance(node, ast.Assign | ast.AnnAssign)]
    texts = [each.value for each in held if isinstance(each, ast.Constant)]
    return {each for each in texts if isinstance(each, str)}


def test_every_cookie_is_told_of():
    files = house.own_python_files()
    ours = set[str]().union(*(cookies_named(house.tree(path)) for path in files))
    assert "sent" in ours
    named = [settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, settings.LANGUAGE_COOKIE_NAME]
    of_django = {each.removeprefix("__Host-") for each in named} | {"messages"}
    section = (DOCS / "personal-data.md").read_text().partition("## Cookies")[2].partition("## ")[0]
    assert set(re.findall(r"^\| `([a-z-]+)`", section, re.MULTILINE)) == ours | of_django
    setting = [house.shown(path) for path in files if ".set_cookie(" in path.read_text()]
    assert [Path(each).name for each in setting] == ["cookies.py", "views.py"]  # views: `language`


@pytest.mark.parametrize("kept", ['COOKIE: Final = "crumb"', 'COOKIE = "crumb"'])
def test_a_cookie_that_is_kept_anywhere_is_seen(kept):
    assert cookies_named(ast.parse(f"from goldenthread.kit import clock, cookies\n{kept}")) == {
        "crumb"
    }


@pytest.mark.parametrize(
    "source",
    ['os.environ.get("A_NAME")', 'os.environ["A_NAME"]', 'os.getenv("A_NAME", "x")'],
)
def test_a_setting_that_is_read_anywhere_is_seen(source):
    assert settings_read(ast.parse(source)) == {"A_NAME"}


def anchors_of(path: Path) -> set[str]:
    """Names of the headings of a document."""
    anchors, found = Anchors(), set()
    tokens = MARKDOWN.parse(path.read_text())
    for token, inside in pairwise(tokens):
        if token.type == "heading_open" and token.tag != "h1":
            found.add(anchors.of(text_of(inside)))
    return found


def dead_links(path: Path, text: str) -> list[str]:
    """Links of a document to files, or to headings, that are not there."""
    return [target for target in LINK.findall(text) if not _stands(path, target)]


def _stands(path: Path, target: str) -> bool:
    name, _hash, anchor = target.partition("#")
    there = path.parent / name if name else path
    if not there.exists():
        return False
    return not anchor or there.suffix != ".md" or anchor in anchors_of(there)


def documents() -> list[Path]:
    return [*sorted(DOCS.rglob("*.md")), house.ROOT / "README.md", house.ROOT / "CHANGELOG.md"]


def test_links_between_documents_lead_somewhere():
    dead = {house.shown(path): dead_links(path, path.read_text()) for path in documents()}
    assert {name: links for name, links in dead.items() if links} == {}


def test_a_dead_link_is_caught():
    text = "[there](README.md) [gone](docs/nowhere.md) [far](https://example.org/) [b](#nothing)"
    text += " [run](README.md#run-it) [walk](README.md#walk-it)"
    dead = ["docs/nowhere.md", "#nothing", "README.md#walk-it"]
    assert dead_links(house.ROOT / "README.md", text) == dead


def test_every_column_of_a_table_has_a_heading():
    empty = re.compile(r"^\|.*\|\s*\|.*\n\| ?---", re.MULTILINE)
    faults = [house.shown(path) for path in documents() if empty.search(path.read_text())]
    assert faults == [], "read aloud, a cell without a heading says nothing"


def test_every_picture_is_shown_somewhere_and_all_are_light():
    shown = {Path(to).name for path in documents() for to in LINK.findall(path.read_text())}
    pictures = sorted((DOCS / "pictures").iterdir())
    assert [each.name for each in pictures if each.name not in shown] == []
    assert [each.name for each in pictures if each.stat().st_size > 60_000] == []
    assert sum(each.stat().st_size for each in pictures) < 2_000_000


def test_every_decision_is_in_the_index_once():
    folder = DOCS / "decisions"
    index = (folder / "README.md").read_text()
    notes = [path.name for path in folder.glob("*.md") if path.name != "README.md"]
    assert [name for name in notes if index.count(f"({name})") != 1] == []
    numbers = sorted(name[:4] for name in notes)
    assert numbers == [f"{number:04}" for number in range(1, len(notes) + 1)]
