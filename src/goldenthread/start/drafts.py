"""Templates of projects: draft terms, usual lengths, and which ways to listen they need."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).parent / "data"
ORDER: Final = (
    "service-feedback",
    "charter-theme",
    "advisory-group",
    "school-council",
    "workplace",
    "champions-project",
)


@dataclass(frozen=True)
class Template:
    """What a kind of project usually begins with; all of it may be changed."""

    key: str
    name: str
    sentence: str
    people: str  # what those who are asked are called, in the pack
    title: str
    summary: str
    question: str
    can_change: str
    cannot_change: str
    who_decides: str
    risks_accepted: str
    what_people_get_back: str
    listen_weeks: int
    hear_weeks: int  # after the first day
    debrief_weeks: int
    open_to: str
    board: str
    ages: tuple[str, ...]
    ways: tuple[str, ...]
    documents: tuple[str, ...]


@cache
def templates() -> dict[str, Template]:
    """Return every template by its key, in the order in which they are offered."""
    return {key: _read(key) for key in ORDER}


def _read(key: str) -> Template:
    given: dict[str, Any] = tomllib.loads((FOLDER / f"{key}.toml").read_text(encoding="utf-8"))
    lists = {name: tuple(given[name]) for name in ("ages", "ways", "documents")}
    return Template(key=key, **(given | lists))
