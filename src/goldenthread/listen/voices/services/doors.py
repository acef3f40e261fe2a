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
        defaults={
            "project": project,
            "way": way,
            "title": title,
            "path": path,
            "until": until,
            "shut": False,
        },
    )


def close_door(*, ref: UUID, leads_to: str = "") -> None:
    """Shut it: from now on it leads to what came of it, or is gone where nothing can be seen."""
    if leads_to:
        Door.objects.filter(ref=ref).update(path=leads_to, until=None, shut=True)
    else:
        Door.objects.filter(ref=ref).delete()
