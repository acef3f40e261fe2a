"""No reader, no box: when reading is twice as late as promised, nobody is asked to write more."""

from datetime import datetime

from goldenthread.projects.models import Project
from goldenthread.projects.rota import is_twice_overdue
from goldenthread.projects.services.box import READERS_LATE, close_box, reopen_box
from goldenthread.safety.reading import queries
from goldenthread.safety.reading.models import Words


def watch(*, now: datetime) -> None:
    """Close boxes whose readers are twice late, and open those that are in time again.

    What was brought in from a file does not count: nobody was promised an answer.
    """
    late = queries.oldest_overdue(now=now)
    for project in Project.objects.filter(
        state=Project.State.OPEN, ref__in=late, box_closed_because=""
    ):
        if _is_twice_late(project, late[project.ref], now=now):
            close_box(project=project, because=READERS_LATE, now=now)
    for project in Project.objects.filter(box_closed_because=READERS_LATE).exclude(ref__in=late):
        reopen_box(project=project, now=now)


def _is_twice_late(project: Project, due: dict[str, datetime], *, now: datetime) -> bool:
    """Return whether the oldest words of a lane have waited twice as long as it promises."""
    return any(
        is_twice_overdue(project, due_at=due_at, first=lane == Words.Lane.FIRST, now=now)
        for lane, due_at in due.items()
    )
