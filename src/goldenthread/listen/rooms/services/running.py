"""A room on the day: steps, notes as sealed drafts, and who was there by broad label."""

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import seal
from goldenthread.listen.rooms.events import PRESENT_COUNTED, ROOM_OPENED
from goldenthread.listen.rooms.models import Note, Presence, Room
from goldenthread.listen.rooms.services.guards import locked, locked_note, refuse_unless_running
from goldenthread.listen.voices.services.speaking import refuse_unless_listening
from goldenthread.organisations.models import Label
from goldenthread.people.accounts.models import Person
from goldenthread.projects.ages import UNLINKED, offered_ways
from goldenthread.safety.reading.services import refuse_receipts
from goldenthread.thread.services import record

MOST_NOTES: Final = 100
PLANNED, OPEN, CONFIRMING = Room.State.PLANNED, Room.State.OPEN, Room.State.CONFIRMING


@transaction.atomic
def open_room(*, by: Person, room: Room, now: datetime) -> Room:
    """Begin a room at its first step.

    :raises Refusal: the project does not listen now, or the room has no step
    """
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, PLANNED)
    refuse_unless_listening(found.project, now)
    if UNLINKED not in offered_ways(found.project):
        raise Refusal(_("Notes of a room carry no name. Here everyone says who they are."))
    if not found.steps:
        raise Refusal(_("Add a step first: something to ask."))
    found.state, found.step = OPEN, 0
    found.save(update_fields=["state", "step"])
    record(ROOM_OPENED, about=found.ref, project=found.project_id, now=now)
    return found


@transaction.atomic
def go_to_step(*, by: Person, room: Room, at: int, now: datetime) -> Room:
    """Put another step on the screen."""
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, OPEN)
    found.step = max(0, min(at, len(found.steps) - 1))
    found.save(update_fields=["step"])
    return found


@transaction.atomic
def take_note(*, by: Person, room: Room, text: str, now: datetime) -> Note:
    """Keep a note of what was said, sealed: it is nobody's voice until it has been confirmed.

    One that comes while others are read back already is read back, too.

    :raises Refusal: there is a receipt in it, or there are too many notes
    """
    refuse_unless_running(by, room.project, now=now)
    refuse_receipts(text, field="text")
    found = locked(room, OPEN, CONFIRMING)
    last = max(found.numbered, found.notes.aggregate(last=Max("number"))["last"] or 0)
    if last >= MOST_NOTES:
        raise Refusal(_("A hundred notes are enough. Read them back now."), field="text")
    found.numbered = last + 1
    found.save(update_fields=["numbered"])
    return Note.objects.create(
        room=found, number=last + 1, step=found.step, sealed=seal(text), on=clock.today(now)
    )


@transaction.atomic
def read_back(*, by: Person, room: Room, now: datetime) -> Room:
    """End the steps, and begin to read the notes back; or go back to the steps from there.

    :raises Refusal: nothing was written down
    """
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, OPEN, CONFIRMING)
    if found.state == OPEN and not found.notes.exists():
        raise Refusal(_("No note was taken yet. There is nothing to read back."))
    found.state = CONFIRMING if found.state == OPEN else OPEN
    found.save(update_fields=["state"])
    return found


@transaction.atomic
def change_note(*, by: Person, note: Note, text: str, now: datetime) -> Note:
    """Put a note in the words that those present want; it is read back to them again.

    :raises Refusal: there is a receipt in it, or it says something else by now
    """
    refuse_unless_running(by, note.room.project, now=now)
    refuse_receipts(text, field="text")
    found = locked_note(note, OPEN, CONFIRMING)
    found.sealed, found.right, found.slip = seal(text), False, False
    found.save(update_fields=["sealed", "right", "slip"])
    return found


@transaction.atomic
def leave_out(*, by: Person, note: Note, now: datetime) -> None:
    """Leave a note out: it is gone at once.

    :raises Refusal: it says something else by now
    """
    refuse_unless_running(by, note.room.project, now=now)
    locked_note(note, OPEN, CONFIRMING).delete()


@transaction.atomic
def count_present(
    *, by: Person, room: Room, label: Label | None, count: int, now: datetime
) -> Presence | None:
    """Say how many of one broad label were there; none takes the line away again.

    :raises Refusal: the label is not the organisation's own, or the room is done
    """
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, PLANNED, OPEN, CONFIRMING)
    if label and label.organisation_id != found.project.organisation_id:
        raise Refusal(_("Choose one of the labels."), field="label")
    present = None
    if count:
        present, _new = Presence.objects.update_or_create(
            room=found, label=label, defaults={"count": count}
        )
    else:
        Presence.objects.filter(room=found, label=label).delete()
    record(PRESENT_COUNTED, about=found.ref, project=found.project_id, now=now)
    return present
