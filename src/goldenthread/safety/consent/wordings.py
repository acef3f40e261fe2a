"""What people agree to, as it is shown: a statement a purpose, in versions that never change."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

QUOTE: Final = "quote"
REACH: Final = "reach"
EQUALITY: Final = "equality"
_FILE = Path(__file__).with_name("wordings.toml")


@dataclass(frozen=True)
class Version:
    """One statement as it was shown, and what taking it back does and does not do."""

    purpose: str
    number: int
    since: date
    statement: str
    withdrawing: str
    stays: str

    @property
    def mark(self) -> str:
        """Name it in a commitment: quote.1."""
        return f"{self.purpose}.{self.number}"


@dataclass(frozen=True)
class Purpose:
    """One thing that people are asked for by itself."""

    key: str
    title: str
    asked: str  # when people are asked
    versions: tuple[Version, ...]  # oldest first
    proved_by: tuple[str, ...]  # checks that fail when what is promised here is broken

    @property
    def today(self) -> Version:
        """The statement that is shown today."""
        return self.versions[-1]

    @property
    def earlier(self) -> tuple[Version, ...]:
        """Statements that people agreed to before, newest first."""
        return self.versions[-2::-1]


@lru_cache(maxsize=1)
def purposes() -> dict[str, Purpose]:
    """Return every purpose by its key, in the order in which they are shown."""
    said = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    return {
        each["key"]: Purpose(
            each["key"],
            each["title"],
            each["asked"],
            tuple(Version(each["key"], **version) for version in each["version"]),
            tuple(each["proved_by"]),
        )
        for each in said["purpose"]
    }


def today(purpose: str) -> Version:
    """Return the statement that is shown today."""
    return purposes()[purpose].today


def version_of(purpose: str, number: int) -> Version | None:
    """Return one version of a statement, if there ever was such a one."""
    return next((each for each in purposes()[purpose].versions if each.number == number), None)
