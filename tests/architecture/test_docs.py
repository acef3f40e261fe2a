"""The documents say what the code says: every column, every kind of entry, every link."""

import re
import runpy
from pathlib import Path
from typing import Any

import pytest
from tests.architecture import house

from goldenthread.config import settings
from goldenthread.thread.events import all_declared

DOCS = house.ROOT / "docs"
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
SETTING = re.compile(r"\b(?:GOLDENTHREAD_[A-Z]+|DATABASE_URL)\b")


def tables() -> dict[str, Any]:
    return runpy.run_path(str(DOCS / "write_tables"), run_name="docs")


@pytest.mark.parametrize("name", ["personal-data.md", "reference/record.md"])
def test_tables_in_documents_are_those_of_the_code(name):
    written = tables()
    text = (DOCS / name).read_text()
    assert written["with_table"](text, written["WRITTEN"][DOCS / name]()) == text, (
        f"docs/{name} is behind the code: run docs/write_tables"
    )


def test_every_column_stands_in_personal_data():
    text = (DOCS / "personal-data.md").read_text()
    missing = [
        f"{model._meta.db_table}.{field.column}"
        for model in house.own_models()
        for field in model._meta.local_concrete_fields
        if f"| `{field.column}` |" not in text.partition(f"**`{model._meta.db_table}`**")[2]
    ]
    assert missing == []


def test_every_kind_of_entry_is_described():
    text = (DOCS / "reference" / "record.md").read_text()
    assert [event.name for event in all_declared() if f"`{event.name}`" not in text] == []


def test_every_setting_is_described():
    told = (DOCS / "reference" / "settings.md").read_text()
    used = set(SETTING.findall(Path(settings.__file__).read_text()))
    assert sorted(name for name in used if f"`{name}`" not in told) == []


def dead_links(path: Path, text: str) -> list[str]:
    """Links of a document to files that are not there."""
    targets = LINK.findall(text)
    return [target for target in targets if not (path.parent / target).exists()]


def documents() -> list[Path]:
    return [*sorted(DOCS.rglob("*.md")), house.ROOT / "README.md", house.ROOT / "CHANGELOG.md"]


def test_links_between_documents_lead_somewhere():
    dead = {house.shown(path): dead_links(path, path.read_text()) for path in documents()}
    assert {name: links for name, links in dead.items() if links} == {}


def test_a_dead_link_is_caught():
    text = "[there](README.md) [gone](docs/nowhere.md) [far](https://example.org/)"
    assert dead_links(house.ROOT / "README.md", text) == ["docs/nowhere.md"]


def test_every_decision_is_in_the_index_once():
    folder = DOCS / "decisions"
    index = (folder / "README.md").read_text()
    notes = [path.name for path in folder.glob("*.md") if path.name != "README.md"]
    assert [name for name in notes if index.count(f"({name})") != 1] == []
    numbers = sorted(name[:4] for name in notes)
    assert numbers == [f"{number:04}" for number in range(1, len(notes) + 1)]
