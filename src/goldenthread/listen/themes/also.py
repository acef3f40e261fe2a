"""What higher rooms do with themes: each says where it is found, and is shown beside them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse

from goldenthread.kit.text import Text
from goldenthread.projects.models import Project


@dataclass(frozen=True)
class Beside:
    """A page for those who group voices: its title, a sentence, and where it is."""

    title: str
    sentence: str
    href: str


@dataclass(frozen=True)
class Told:
    """A page for everyone beside the topics."""

    title: str
    href: str


Teller = Callable[[Project], Told | None]
_beside: list[tuple[Text, Text, str]] = []
_told: list[Teller] = []


def beside(title: Text, *, sentence: Text, page: str) -> None:
    """Register a page for those who group voices; it takes the project's address."""
    _beside.append((title, sentence, page))


def beside_themes(project: Project) -> list[Beside]:
    """Return the pages for those who group voices in a project."""
    return [
        Beside(str(title), str(sentence), reverse(page, args=[project.address]))
        for title, sentence, page in _beside
    ]


def tells(teller: Teller) -> Teller:
    """Register what says, for a project, which page everyone may read beside the topics."""
    _told.append(teller)
    return teller


def told_beside(project: Project) -> list[Told]:
    """Return the pages that everyone may read beside the topics."""
    return [told for teller in _told if (told := teller(project)) is not None]
