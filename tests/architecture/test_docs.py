"""The documents say what the code says: every column, every kind of entry, every link."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

from tests.architecture import house

from goldenthread.config import settings

DOCS = house.ROOT / "docs"
LINK = re.compile(r"\]\((?!https?://|mailto:|#)([^)#\s]+)")
SETTING = re.compile(r"\b(?:GOLDENTHREAD_[A-Z]+|DATABASE_URL)\b")


def behind(docs: Path) -> list[str]:
    """Documents whose tables are behind the code; asked outside, where no test declares kinds."""
    command = [sys.executable, docs / "write_tables", "--check"]
    asked = subprocess.run(command, capture_output=True, text=True, check=False)
    assert asked.returncode in {0, 1}, asked.stderr
    return asked.stdout.split()


def test_tables_in_documents_are_those_of_the_code():
    assert behind(DOCS) == [], "run docs/write_tables"


def test_a_table_behind_the_code_is_caught(tmp_path):
    written = ("personal-data.md", "reference/record.md", "reference/promises.md")
    for name in ("write_tables", "checks.toml", "explanation/hints.md", *written):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy(DOCS / name, tmp_path / name)
    assert behind(tmp_path) == []
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
