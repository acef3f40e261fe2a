"""Doors: the ways in beside the box that stand open on the project page."""

from datetime import datetime
from uuid import UUID

from goldenthread.listen.voices.models import Door
from goldenthread.projects.models import Project


def open_door(
    *, ref: UUID, project: Project, way: str, title: str, path: str, until: datetime | None = None
) -> None:
    """Show on the project page that people can take part here; open already, it is shown anew."""
    Door.objects.update_or_create(
        ref=ref,
        defaults={"project": project, "way": way, "title": title, "path": path, "until": until},
    )


def close_door(*, ref: UUID) -> None:
    """Take it off the project page."""
    Door.objects.filter(ref=ref).delete()
