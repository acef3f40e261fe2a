"""The hazard log is whole: each hazard with its parts, and with tests that exist."""

import ast
import re
from datetime import date, timedelta
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "docs" / "hazard-log.md"
PARTS = ("Cause", "Effect", "Control", "Tests", "Owner", "Residual risk", "Review by")
TEST = re.compile(r"`([\w/]+\.py)::(\w+)`")
HAZARDS = 10


def faults(text: str, *, root: Path = ROOT, today: date | None = None) -> list[str]:
    """Return what is wrong with a hazard log."""
    found = []
    hazards = re.split(r"^## (?=H\d+\. )", text, flags=re.MULTILINE)[1:]
    if len(hazards) < HAZARDS:
        found.append(f"{len(hazards)} hazards")
    for hazard in hazards:
        name = hazard.split(".", maxsplit=1)[0]
        parts = dict(re.findall(r"^- \*\*(.+?):\*\* *(.*)$", hazard, flags=re.MULTILINE))
        found += [f"{name} has no {part}" for part in PARTS if not parts.get(part, "").strip()]
        tests = TEST.findall(parts.get("Tests", ""))
        if not tests:
            found.append(f"{name} names no test")
        found += [f"{name}: {file}::{test}" for file, test in tests if not exists(root, file, test)]
        if date.fromisoformat(parts.get("Review by", "2000-01-01")) < (today or date.min):
            found.append(f"{name} is overdue for review")
    return found


def exists(root: Path, file: str, test: str) -> bool:
    """Whether a test of that name stands in that file."""
    path = root / file
    if not path.is_file():
        return False
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(each, ast.FunctionDef) and each.name == test for each in tree.body)


def test_every_hazard_is_whole_and_its_tests_exist() -> None:
    assert not faults(LOG.read_text(encoding="utf-8"), today=date.today())  # noqa: DTZ011  a day


@pytest.mark.parametrize(
    ("part", "instead", "fault"),
    [
        ("test_shift_three_times_leaves", "test_gone", "H4: src/"),
        ("- **Owner:** the readers", "- **Who:** the readers", "H3 has no Owner"),
        ("## H10. ", "## Later: ", "9 hazards"),
        ("/kit/tests/test_page.py", "/kit/tests/test_pages_gone.py", "H4: src/"),
    ],
)
def test_control_a_log_with_a_gap_is_found(part: str, instead: str, fault: str) -> None:
    text = LOG.read_text(encoding="utf-8")
    assert part in text
    assert any(each.startswith(fault) for each in faults(text.replace(part, instead)))


def test_control_a_review_that_is_overdue_is_found() -> None:
    text = LOG.read_text(encoding="utf-8")
    late = date.fromisoformat("2027-05-22") + timedelta(days=1)
    assert "H1 is overdue for review" in faults(text, today=late)
