"""What children said is never shown with the name of their school or service."""

import re
from typing import Final

from goldenthread.projects.models import Partner, Project

COMMON: Final = frozenset(  # in so many names that they point to none
    {
        "academy",
        "care",
        "centre",
        "church",
        "city",
        "college",
        "community",
        "county",
        "first",
        "forum",
        "foundation",
        "grammar",
        "group",
        "health",
        "high",
        "hospital",
        "infant",
        "junior",
        "mental",
        "middle",
        "national",
        "network",
        "north",
        "northern",
        "nursery",
        "park",
        "people",
        "primary",
        "royal",
        "school",
        "secondary",
        "service",
        "services",
        "sixth",
        "south",
        "southern",
        "special",
        "street",
        "student",
        "students",
        "support",
        "trust",
        "union",
        "university",
        "upper",
        "voices",
        "west",
        "western",
        "east",
        "eastern",
        "young",
        "youth",
    }
)
SHORTEST: Final = 4  # letters of a word that points to a place


def names_in(text: str, names: list[str]) -> list[str]:
    """Return which names stand in a text, whole or by a word that is theirs alone."""
    found = []
    lowered = text.casefold()
    words = set(re.findall(r"[^\W\d_]+", lowered))
    for name in names:
        own = {each for each in re.findall(r"[^\W\d_]+", name.casefold()) if _points(each)}
        if name.casefold() in lowered or own & words:
            found.append(name)
    return found


def names_of(project: Project) -> list[str]:
    """Return the names of the organisations that a project belongs to."""
    partners = Partner.objects.filter(project=project, waiting_since=None)
    return list(partners.values_list("organisation__name", flat=True))


def _points(word: str) -> bool:
    return len(word) >= SHORTEST and word not in COMMON
