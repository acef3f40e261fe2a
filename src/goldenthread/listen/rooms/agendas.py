"""Agendas to begin with: a file each, and the steps that a room keeps of them."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Any, Final

MOST_STEPS: Final = 12
MOST_MINUTES: Final = 120
ORDER: Final = ("community-conversation", "lived-experience", "listening-lunch", "school-circle")
PICTURES: Final = (
    "happy",
    "okay",
    "sad",
    "worried",
    "hand",
    "heart",
    "book",
    "ball",
    "house",
    "quiet",
)


@dataclass(frozen=True)
class Step:
    """One step of a gathering: what is asked, how long, and a picture beside it if that helps."""

    title: str
    prompt: str
    minutes: int
    picture: str = ""


@dataclass(frozen=True)
class Agenda:
    """A ready agenda: what it is good for, and its steps."""

    key: str
    title: str
    kind: str
    about: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """How long it takes in all."""
        return sum(step.minutes for step in self.steps)


@cache
def agendas() -> tuple[Agenda, ...]:
    """Return every agenda that comes along."""
    folder = resources.files("goldenthread.listen.rooms").joinpath("data")
    return tuple(_read(key, folder.joinpath(f"{key}.toml").read_text("utf-8")) for key in ORDER)


def agenda_at(key: str) -> Agenda | None:
    """Return the agenda of that key."""
    return next((each for each in agendas() if each.key == key), None)


def _read(key: str, text: str) -> Agenda:
    facts = tomllib.loads(text)
    steps = read_steps(facts.pop("steps"))
    return Agenda(key=key, steps=steps, **facts)


def read_steps(rows: Iterable[Mapping[str, Any]]) -> tuple[Step, ...]:
    """Return steps from what a file or a room keeps of them."""
    return tuple(Step(**row) for row in rows)


def rows_of(steps: Iterable[Step]) -> list[dict[str, Any]]:
    """Return steps as a room keeps them."""
    return [asdict(step) for step in steps]


def moved(steps: tuple[Step, ...], at: int, by: int) -> tuple[Step, ...]:
    """Return the steps with one of them moved up (-1) or down (1); at an end it stays."""
    to = at + by
    if not (0 <= at < len(steps) and 0 <= to < len(steps)):
        return steps
    changed = list(steps)
    changed[at], changed[to] = changed[to], changed[at]
    return tuple(changed)
