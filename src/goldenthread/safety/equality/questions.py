"""What we ask about people: questions and answers as data, by nation and kind of organisation."""

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.text import Text
from goldenthread.organisations.models import Organisation
from goldenthread.projects.models import Project

RATHER_NOT: Final = ("rather-not", _("I would rather not say"))
CROSSED: Final = "*"  # joins the two questions of a crossing, and their answers
_FILE = Path(__file__).with_name("questions.json")


@dataclass(frozen=True)
class Question:
    """One question; `sensitive` answers are never told as "all" or "nobody"."""

    key: str
    asks: str
    answers: tuple[tuple[str, str], ...]
    sensitive: bool = False

    @property
    def offered(self) -> list[tuple[str, Text]]:
        """Return every answer one may give."""
        return [*self.answers, RATHER_NOT]


@lru_cache(maxsize=1)
def _data() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return found


def questions_of(project: Project) -> list[Question]:
    """Return the questions of the project's nation, and those of its kind of organisation."""
    return questions_for(project.organisation)


def questions_for(organisation: Organisation) -> list[Question]:
    """Return what the projects of an organisation may ask."""
    data = _data()
    asked = data["nations"].get(organisation.nation, data["nations"]["england"])
    return [
        Question(
            key=each["key"],
            asks=each["asks"],
            answers=tuple((key, said) for key, said in each["answers"]),
            sensitive=each.get("sensitive", False),
        )
        for each in [*asked, *data["kinds"].get(organisation.kind, [])]
    ]
