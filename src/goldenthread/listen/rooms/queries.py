"""Reading rooms and rounds: what organisers work on, what everyone sees, what releases count."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.editions import edition_of
from goldenthread.kit.sealing import unseal
from goldenthread.kit.text import say_month
from goldenthread.listen.rooms.models import Note, Presence, Room, Round, figure_of
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Label
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see, may_see_board
from goldenthread.projects.short import normalise
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release import registry
from goldenthread.thread.registry import Described, describes

DONE = Room.State.DONE
ON_THE_BOARD = 50


def held_rooms(project: Project) -> QuerySet[Room]:
    """Return the rooms of a project that are done: everyone sees them."""
    return Room.objects.filter(project=project, state=DONE).select_related("strand")


def coming_rooms(project: Project) -> QuerySet[Room]:
    """Return the rooms to come, or under way: for those who run them."""
    return Room.objects.filter(project=project).exclude(state=DONE)


def room_in(project: Project, code: str) -> Room | None:
    """Return the room of this project with that code."""
    return _rooms().filter(project=project, code=normalise(code)).first()


def room_at(code: str) -> Room | None:
    """Return the room with that code; capitals, spaces and look-alikes are forgiven."""
    return _rooms().filter(code=normalise(code)).first()


def _rooms() -> QuerySet[Room]:
    return Room.objects.select_related("project__organisation", "strand")


@dataclass(frozen=True)
class ReadNote:
    """A note as those in the room see it, while it is a draft."""

    note: Note
    text: str = field(repr=False)
    asked: str

    @property
    def number(self) -> int:
        """Its number in the room, which is on its slip too."""
        return self.note.number


def notes_of(room: Room, *, step: int | None = None) -> list[ReadNote]:
    """Return the notes of a room in the order they were taken, or those of one step."""
    notes = room.notes.all() if step is None else room.notes.filter(step=step)
    steps = room.steps
    return [
        ReadNote(
            note=note,
            text=unseal(note.sealed),
            asked=steps[note.step].prompt if note.step < len(steps) else "",
        )
        for note in notes.order_by("number")
    ]


def edition_of_notes(notes: Iterable[Note]) -> str:
    """Return a mark of notes as they stand: their words, and which of them were called right."""
    return edition_of(*((note.number, note.edition, note.right, note.slip) for note in notes))


def note_in(room: Room, number: int) -> Note | None:
    """Return the note of that number, while it is there."""
    return Note.objects.filter(room=room, number=number).select_related("room__project").first()


def present_in(room: Room) -> list[Presence]:
    """Return how many of which broad label were there."""
    found = Presence.objects.filter(room=room).select_related("label")
    return list(found.order_by("label__position", "label__text", "ref"))


def labels_of(project: Project) -> list[Label]:
    """Return the organisation's own broad labels."""
    labels = Label.objects.filter(organisation=project.organisation_id)
    return list(labels.order_by("position", "text"))


def rounds_of(project: Project, *, counted: bool = False) -> QuerySet[Round]:
    """Return the rounds of a project; `counted` leaves out those that wait."""
    rounds = Round.objects.filter(project=project)
    return rounds.exclude(hands=[]) if counted else rounds


def round_in(project: Project, ref: UUID) -> Round | None:
    """Return the round of this project with that reference."""
    return Round.objects.filter(project=project, pk=ref).select_related("project").first()


@registry.figures
def notes_and_people(project: Project) -> dict[str, int]:
    """Count what became of each room's notes (`room:ref`), and who was there (`present:ref`)."""
    there = ~Q(words__state__in=Words.GONE)
    said = Voice.objects.filter(there, project=project, came_by=Voice.CameBy.ROOM)
    counted = said.exclude(answers=None).values("answers").annotate(n=Count("pk"))
    notes = {figure_of(row["answers"]): row["n"] for row in counted if row["answers"]}
    present = Presence.objects.filter(room__project=project, room__state=DONE)
    return notes | {each.figure: each.count for each in present}


@describes("room")
def describe_rooms(refs: Iterable[UUID], *, visible_to: Any) -> dict[UUID, Described]:
    """Describe rooms on the thread. One with few notes is not named: it would point to people."""
    rooms = Room.objects.select_related("project__organisation").filter(pk__in=list(refs))
    return {room.ref: _described(room, visible_to) for room in rooms if room.state == DONE}


def _described(room: Room, speaker: Speaker) -> Described:
    if not room.many or not may_see(speaker, room.project, now=clock.now()):
        return Described(title=_("It was said in a room"))
    return Described(
        title=_("It was said in a room: %(title)s") % {"title": room.title},
        href=reverse("rooms:room", args=[room.project.address, room.code]),
        on=say_month(room.on),
    )


def rooms_on_the_board(project: Project, speaker: Speaker) -> list[tuple[str, str]]:
    """Return the rooms by which the board may be narrowed: those with ten notes or more."""
    del speaker  # who sees the board sees these
    rooms = Room.objects.filter(project=project, many=True).order_by("-on", "ref")
    return [(room.title, room.code) for room in rooms[:ON_THE_BOARD]]


def narrowed_to_room(voices: QuerySet[Voice], project: Project, code: str) -> QuerySet[Voice]:
    """Narrow the board to what was said in one room; a room with few notes narrows nothing."""
    room = Room.objects.filter(project=project, many=True, code=normalise(code)).first()
    return voices.filter(answers=room.ref) if room else voices


def board_of(room: Room, speaker: Speaker, *, now: datetime) -> str:
    """Return the address of the board narrowed to a room, where it may be."""
    if not room.many or not may_see_board(speaker, room.project, now=now):
        return ""
    return f"{reverse('voices:board', args=[room.project.address])}?room={room.code}"
