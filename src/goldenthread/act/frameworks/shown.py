"""What the pages about frameworks show, in words."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from goldenthread.act.decisions.trail import trail
from goldenthread.act.frameworks.models import Framework
from goldenthread.act.frameworks.outlines import Section
from goldenthread.act.frameworks.queries import Mapped, MappedPart
from goldenthread.kit.shapes import Crumb
from goldenthread.listen.themes.queries import stands_at
from goldenthread.listen.themes.shown import how_many
from goldenthread.projects.models import Project
from goldenthread.safety.release.queries import Figures


def crumbs(
    project: Project, framework: Framework | None = None, *, first: bool = False
) -> list[Crumb]:
    """Return the way here; on the first page of the room its name is no link."""
    here = "" if first else reverse("frameworks:list", args=[project.address])
    steps = [(_("Frameworks"), here)]
    if framework is not None:
        here = reverse("frameworks:map", args=[project.address, framework.ref])
        steps.append((framework.title, here))
    return trail(project, *steps)


def parts(mapped: list[MappedPart], figures: Figures) -> list[dict[str, Any]]:
    """Return the map part by part: each item, its themes, and what is empty still."""
    return [
        {
            "name": each.part.name,
            "items": [_item(one, figures) for one in each.items],
            "empty": [one.item.full_name for one in each.items if not one.themes],
        }
        for each in mapped
    ]


def _item(one: Mapped, figures: Figures) -> dict[str, Any]:
    themes = [
        {"theme": each, "stands_at": stands_at(each), "voices": how_many(each, figures)}
        for each in one.themes
    ]
    return {"item": one.item, "themes": themes}


def finding(mapped: list[MappedPart]) -> str:
    """Say in a sentence how much of it has a theme."""
    every = [one for each in mapped for one in each.items]
    filled = sum(bool(one.themes) for one in every)
    if not filled:
        return _("Nothing has been placed yet.")
    said = ngettext(
        "%(filled)s of %(all)s has a topic. The others have nothing yet.",
        "%(filled)s of %(all)s have a topic. The others have nothing yet.",
        filled,
    )
    return said % {"filled": filled, "all": len(every)}


def rows(sections: tuple[Section, ...]) -> list[list[str]]:
    """Return the lines of a list as a table."""
    return [
        [section.name, each.number, each.name, each.gist]
        for section in sections
        for each in section.items
    ]
