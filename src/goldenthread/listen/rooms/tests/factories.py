"""A room on its way: planned, open, being read back, done."""

from datetime import date, timedelta
from typing import Any

from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.agendas import agenda_at
from goldenthread.listen.rooms.models import Note, Room
from goldenthread.listen.rooms.queries import edition_of_notes
from goldenthread.listen.voices import formkeys
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

SAID = "The door is locked at five, and the bus comes at ten past."


def planned(here: Listening | None = None, **given: Any) -> tuple[Listening, Room]:
    """Plan a listening lunch."""
    here = here or listening_project()
    facts = {"kind": "drop-in", "title": "Lunch in March", "on": date(2026, 3, 10), **given}
    agenda = agenda_at("listening-lunch")
    room = services.plan_room(by=here.tom, project=here.project, agenda=agenda, now=NOW, **facts)
    return here, room


def opened(here: Listening | None = None, *, notes: int = 0) -> tuple[Listening, Room]:
    """Open a room, with some notes taken in its first step."""
    here, room = planned(here)
    room = services.open_room(by=here.tom, room=room, now=NOW)
    for number in range(1, notes + 1):
        note(here, room, f"{SAID} ({number})")
    return here, room


def seen(room: Room, number: int | None = None) -> dict[str, object]:
    """What a page sends along of a note, or of the steps, as they stand now."""
    if number is None:
        room.refresh_from_db()
        return {"seen": room.edition}
    return {"number": number, "seen": Note.objects.get(room=room, number=number).edition}


def to_send(room: Room) -> dict[str, str]:
    """What the last page of a room sends along, as its notes stand now."""
    key = formkeys.begin(room.project_id, now=NOW - timedelta(minutes=1))
    return {"form_key": key, "seen": edition_of_notes(room.notes.order_by("number"))}


def note(here: Listening, room: Room, text: str = SAID) -> Note:
    """Take a note."""
    return services.take_note(by=here.tom, room=room, text=text, now=NOW)


def reading_back(here: Listening | None = None, *, notes: int = 1) -> tuple[Listening, Room]:
    """Read the notes of a room back."""
    here, room = opened(here, notes=notes)
    return here, services.read_back(by=here.tom, room=room, now=NOW)


def done(
    here: Listening | None = None, *, notes: int = 1, slips: int = 0
) -> tuple[Listening, Room, services.Handed]:
    """Confirm every note; the first few take a slip."""
    here, room = reading_back(here, notes=notes)
    for each in room.notes.order_by("number"):
        services.say_right(by=here.tom, note=each, slip=each.number <= slips, now=NOW)
    handed = services.confirm(by=here.tom, room=room, form_key=formkeys.draw(), now=NOW)
    room.refresh_from_db()
    return here, room, handed
