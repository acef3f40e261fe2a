"""The twelve practice voices: made up, kind and real enough. Data in, no database."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from django.utils.translation import gettext_lazy as _

CHOICES = {
    "release": _("Release it as it is"),
    "mask": _("Mask a detail, then release it"),
    "ask": _("Ask the author something"),
    "second": _("Ask a second reader"),
    "not-publish": _("Do not publish it"),
    "concern": _("Tell the safeguarding owner"),
}


@dataclass(frozen=True)
class PracticeVoice:
    """One made-up voice, and what an experienced reader would do with it and why."""

    key: str
    about: str
    text: str
    best: tuple[str, ...]
    why: str

    def is_alike(self, choice: str) -> bool:
        """Return whether an experienced reader might do the same."""
        return choice in self.best


@cache
def voices() -> tuple[PracticeVoice, ...]:
    """Return the practice voices in their order."""
    file = resources.files("goldenthread.safety.readers").joinpath("data/practice.toml")
    rows = tomllib.loads(file.read_text(encoding="utf-8"))["voices"]
    return tuple(PracticeVoice(**{**row, "best": tuple(row["best"])}) for row in rows)


def voice(key: str) -> PracticeVoice | None:
    """Return the practice voice of that key."""
    return next((each for each in voices() if each.key == key), None)
