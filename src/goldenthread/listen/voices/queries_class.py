"""Classes that speak."""

from datetime import datetime

from goldenthread.listen.voices.models import ClassSession
from goldenthread.projects.models import Project
from goldenthread.projects.short import normalise


def class_at(code: str) -> ClassSession | None:
    """Return the class with that code; capitals, spaces and look-alikes are forgiven."""
    return (
        ClassSession.objects.select_related("project__organisation", "strand")
        .filter(code=normalise(code))
        .first()
    )


def class_in(project: Project, code: str) -> ClassSession | None:
    """Return the class of this project with that code."""
    return (
        ClassSession.objects.select_related("project__organisation")
        .filter(project=project, code=normalise(code))
        .first()
    )


def running(project: Project, *, now: datetime) -> list[ClassSession]:
    """Return the classes that have not ended."""
    return list(ClassSession.objects.filter(project=project, until__gt=now).order_by("name", "ref"))
