"""Ways to listen: each room of this stage says what it is for and where organisers begin it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Q
from django.urls import reverse

from goldenthread.listen.voices.models import Door
from goldenthread.projects.models import Project

MOST: Final = 40  # doors that are shown


@dataclass(frozen=True)
class Way:
    """One way to listen, or to understand: its name, what it is good for, the organisers' page."""

    name: str
    title: Any  # translated when it is shown
    sentence: Any
    page: str  # takes the project's address
    understands: bool


@dataclass(frozen=True)
class OfferedWay:
    """A way as it stands on the page of one project."""

    title: str
    sentence: str
    href: str
    understands: bool
    doors: tuple[Door, ...]
    name: str
    offered: bool  # unless the project does without, and nothing of it stands open


@dataclass(frozen=True)
class Doors:
    """The doors of a project: those that stand open, and those that lead to what came of them."""

    open: tuple[Door, ...]
    shut: tuple[Door, ...]


_ways: list[Way] = []
_beside_classes: list[tuple[Any, str]] = []  # text, name of the page


def way(name: str, *, title: Any, sentence: Any, page: str, understands: bool = False) -> None:
    """Register a way to listen, or to understand what was said; the order is that of the rooms."""
    _ways.append(Way(name, title, sentence, page, understands))


def doors_of(project: Project, *, now: datetime) -> Doors:
    """Return the doors. One query."""
    still = Q(shut=True) | Q(until=None) | Q(until__gt=now)
    found = Door.objects.filter(still, project=project).order_by("shut", "title", "ref")[:MOST]
    return Doors(
        open=tuple(door for door in found if not door.shut),
        shut=tuple(door for door in found if door.shut),
    )


def ways_of(project: Project, *, now: datetime) -> list[OfferedWay]:
    """Return every way, with the doors that stand open. One query."""
    doors = doors_of(project, now=now).open
    return [
        _offered(each, project, [door for door in doors if door.way == each.name]) for each in _ways
    ]


def _offered(way: Way, project: Project, doors: list[Door]) -> OfferedWay:
    """Put a way beside its open doors. What helps to understand is always offered."""
    wanted = project.ways is None or way.name in project.ways
    return OfferedWay(
        title=str(way.title),
        sentence=str(way.sentence),
        href=reverse(way.page, args=[project.address]),
        understands=way.understands,
        doors=tuple(doors),
        name=way.name,
        offered=wanted or way.understands or bool(doors),
    )


def also_offered(project: Project, name: str) -> list[str]:
    """Return the ways that are offered once this one is too."""
    known = [each.name for each in _ways]
    before = known if project.ways is None else project.ways
    return [each for each in known if each in before or each == name]


def beside_classes(text: Any, *, page: str) -> None:
    """Register another way to ask a class, to stand on the page where a class is started."""
    _beside_classes.append((text, page))


def others_for(project: Project) -> list[tuple[str, str]]:
    """Return the other ways to ask a class: text and address."""
    return [(str(text), reverse(page, args=[project.address])) for text, page in _beside_classes]
