"""Planning a room: the day, the place, and its steps, until it begins."""

import secrets
from collections.abc import Callable
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.rooms.agendas import MOST_STEPS, Agenda, Step, moved, rows_of
from goldenthread.listen.rooms.events import ROOM_CHANGED, ROOM_DROPPED, ROOM_PLANNED
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.rooms.services.guards import locked, refuse_unless_running
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, Strand
from goldenthread.projects.short import ALPHABET, LENGTH
from goldenthread.thread.services import record

PLANNED = Room.State.PLANNED
Steps = tuple[Step, ...]
STEPS_CHANGED = gettext_lazy(
    "Someone changed the steps meanwhile. They are shown here as they are now."
)


@transaction.atomic
def plan_room(
    *,
    by: Person,
    project: Project,
    kind: str,
    title: str,
    on: date,
    agenda: Agenda | None = None,
    place: str = "",
    strand: Strand | None = None,
    now: datetime,
) -> Room:
    """Plan a room, with the steps of an agenda or with none yet.

    :raises Refusal: the person does not run rooms here, or the project is closed
    """
    refuse_unless_running(by, project, now=now)
    if project.state == Project.State.CLOSED:
        raise Refusal(_("This project is closed."))
    room = Room.objects.create(
        project=project,
        kind=kind,
        title=title,
        on=on,
        place=place,
        strand=strand,
        agenda=rows_of(agenda.steps) if agenda else [],
        code=_new_code(),
        prepared_by=by,
    )
    record(ROOM_PLANNED, about=room.ref, project=project.ref, now=now)
    return room


@transaction.atomic
def change_room(
    *,
    by: Person,
    room: Room,
    title: str,
    on: date,
    place: str = "",
    strand: Strand | None = None,
    now: datetime,
) -> Room:
    """Give a planned room another title, day, place or strand.

    :raises Refusal: the person does not run rooms here, or it has begun
    """
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, PLANNED)
    found.title, found.on, found.place, found.strand = title, on, place, strand
    found.save(update_fields=["title", "on", "place", "strand"])
    _changed(found, now)
    return found


@transaction.atomic
def drop_room(*, by: Person, room: Room, now: datetime) -> None:
    """Drop a room that never began.

    :raises Refusal: the person does not run rooms here, or it has begun
    """
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, PLANNED)
    ref, project = found.ref, found.project_id
    found.delete()
    record(ROOM_DROPPED, about=ref, project=project, now=now)


def add_step(*, by: Person, room: Room, step: Step, now: datetime) -> Room:
    """Add a step at the end.

    :raises Refusal: there are twelve already
    """
    return _with_steps(by, room, lambda steps: (*steps, step), now, at_end=True)


def change_step(*, by: Person, room: Room, at: int, step: Step, now: datetime) -> Room:
    """Put one step in other words.

    :raises Refusal: the steps are others by now
    """
    return _with_steps(by, room, lambda steps: (*steps[:at], step, *steps[at + 1 :]), now)


def move_step(*, by: Person, room: Room, at: int, down: bool, now: datetime) -> Room:
    """Move a step one place; at an end it stays.

    :raises Refusal: the steps are others by now
    """
    return _with_steps(by, room, lambda steps: moved(steps, at, 1 if down else -1), now)


def remove_step(*, by: Person, room: Room, at: int, now: datetime) -> Room:
    """Take a step out.

    :raises Refusal: the steps are others by now
    """
    return _with_steps(by, room, lambda steps: steps[:at] + steps[at + 1 :], now)


@transaction.atomic
def _with_steps(
    by: Person,
    room: Room,
    change: Callable[[Steps], Steps],
    now: datetime,
    *,
    at_end: bool = False,
) -> Room:
    """Change the steps of a room as it was read: a place says nothing once they are others."""
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, PLANNED)
    if found.edition != room.edition and not at_end:
        raise Refusal(STEPS_CHANGED)
    steps = change(found.steps)
    if len(steps) > MOST_STEPS:
        raise Refusal(_("Twelve steps at most. Take one out first."), field="title")
    found.agenda = rows_of(steps)
    found.save(update_fields=["agenda"])
    _changed(found, now)
    return found


def _changed(room: Room, now: datetime) -> None:
    record(ROOM_CHANGED, about=room.ref, project=room.project_id, now=now)


def _new_code() -> str:
    while True:
        drawn = "".join(secrets.choice(ALPHABET) for _letter in range(LENGTH))
        if not Room.objects.filter(code=drawn).exists():
            return drawn
