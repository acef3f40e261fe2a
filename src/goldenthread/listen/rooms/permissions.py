from datetime import datetime

from goldenthread.listen.rooms.models import Room
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_facilitate, may_see
from goldenthread.projects.speaker import Speaker


def may_run(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads prepare and run the rooms of a project."""
    return may_facilitate(speaker, project, now=now)


def may_see_room(speaker: Speaker, room: Room, *, now: datetime) -> bool:
    """Who runs rooms sees each of them; all others a room that is done, if they see the project."""
    if may_run(speaker, room.project, now=now):
        return True
    return room.state == Room.State.DONE and may_see(speaker, room.project, now=now)
