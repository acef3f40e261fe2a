"""How well the lists do on made-up sentences: shares per stratum, for both halves."""

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from goldenthread.safety.reading.hints.looking import hint

FOLDER: Final = Path(__file__).parent / "sentences"
HALVES: Final = ("development", "held_out")
SAID_OUTRIGHT: Final = ("explicit-now", "cy-now", "pl-now", "ur-now")  # one for each language
STORIES: Final = ("ordinary", "cy-ordinary", "pl-ordinary", "ur-ordinary")
LEAST: Final = dict.fromkeys(SAID_OUTRIGHT, 95) | {"passive": 80}  # percent flagged, or more
MOST: Final = dict.fromkeys(STORIES, 15)  # percent flagged, or fewer


@dataclass(frozen=True)
class Stratum:
    """One kind of sentence in one half."""

    half: str
    name: str
    language: str
    first: bool  # a reader should look at these first
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """What the lists did with one stratum."""

    stratum: str
    language: str
    first: bool
    number: int
    flagged: int

    @property
    def share(self) -> float:
        """Percent flagged."""
        return 100 * self.flagged / self.number

    @property
    def gate(self) -> str:
        """The gate in words, or nothing."""
        if self.stratum in LEAST:
            return f"at least {LEAST[self.stratum]} %"
        return f"at most {MOST[self.stratum]} %" if self.stratum in MOST else ""

    @property
    def passes(self) -> bool:
        """Whether it keeps its gate; without one it does."""
        least, most = LEAST.get(self.stratum, 0), MOST.get(self.stratum, 100)
        return least <= self.share <= most


@cache
def strata(half: str) -> tuple[Stratum, ...]:
    """The sentences of one half, by stratum."""
    given = tomllib.loads((FOLDER / f"{half}.toml").read_text(encoding="utf-8"))
    return tuple(
        Stratum(half, name, each["language"], each["expect"] == "first", tuple(each["sentences"]))
        for name, each in given.items()
    )


def measure(half: str) -> list[Line]:
    """What the lists do with each stratum of one half."""
    return [
        Line(each.name, each.language, each.first, len(each.sentences), flagged)
        for each in strata(half)
        for flagged in [sum(hint(sentence) for sentence in each.sentences)]
    ]


def table() -> str:
    """Both halves as one table, as it stands in the documents."""
    halves = [measure(half) for half in HALVES]
    rows = [
        "| Stratum | Language | To be read first | Gate | Development | Held out |",
        "| --- | --- | --- | --- | --- | --- |",
    ]
    for lines in zip(*halves, strict=True):
        first = lines[0]
        shares = " | ".join(
            f"{each.flagged} of {each.number} ({each.share:.0f} %)" for each in lines
        )
        wanted = "yes" if first.first else "no"
        rows.append(
            f"| {first.stratum} | {first.language} | {wanted} | {first.gate or '–'} | {shares} |"
        )
    return "\n".join(rows)
