"""The four stages of a project, with their days."""

from collections.abc import Mapping
from datetime import date

from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import Stage as RailStage
from goldenthread.kit.text import say_day
from goldenthread.projects.models import Project, Stage

State = Project.State
PLACES = {
    "listen": "voices:board",
    "empower": "groups:list",
    "act": "decisions:list",
    "debrief": "replies:list",
}


def windows_of(project: Project) -> dict[str, Stage]:
    """Return the days of the stages by their names."""
    return {each.name: each for each in Stage.objects.filter(project=project)}


def stages_of(project: Project, windows: Mapping[str, Stage], *, today: date) -> list[RailStage]:
    """Return the four stages for the stage rail: done, now or next, with dates and links."""
    return [
        _rail(project, key, str(name), windows.get(key), today) for key, name in Stage.Name.choices
    ]


def _rail(project: Project, key: str, name: str, window: Stage | None, today: date) -> RailStage:
    href = _place(PLACES[key], project) if project.state != State.DRAFT else ""
    if window is None:
        return RailStage(name, key, "next", _("No dates yet"), href)
    if project.state == State.CLOSED or today > window.closes_on:
        state, note = "done", _("Ended on %(day)s") % {"day": say_day(window.closes_on)}
    elif project.state == State.DRAFT or today < window.opens_on:
        state, note = "next", _("From %(day)s") % {"day": say_day(window.opens_on)}
    else:
        state, note = "now", _("Until %(day)s") % {"day": say_day(window.closes_on)}
    return RailStage(name, key, state, f"{note}. {window.note}" if window.note else note, href)


def _place(name: str, project: Project) -> str:
    try:
        return reverse(name, kwargs={"project": project.address})
    except NoReverseMatch:  # that stage's room is not in this house
        return ""


def stage_windows(project: Project) -> dict[str, object]:
    """Return the days and notes of the stages by the names of the form's fields."""
    return {
        f"{stage.name}_{part}": getattr(stage, part)
        for stage in windows_of(project).values()
        for part in ("opens_on", "closes_on", "note")
    }
