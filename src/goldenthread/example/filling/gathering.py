"""Rooms: one that runs, with its notes as drafts, and many that are done."""

from random import Random
from typing import Any
from uuid import UUID

from goldenthread.example.filling.ground import Ground
from goldenthread.kit.sealing import seal
from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.agendas import agenda_at, rows_of
from goldenthread.listen.rooms.models import Note, Presence, Room
from goldenthread.organisations.models import Label
from goldenthread.projects.short import ALPHABET, LENGTH

FEWEST, EVERY = 20, 800  # rooms that are done; one more for so many voices: 100 notes each
NOTES = 60  # in the room that runs


def hold(ground: Ground) -> list[tuple[str, UUID, str]]:
    """Hold them; return the rooms whose notes became voices, with what was asked there."""
    agenda = agenda_at("community-conversation")
    steps = agenda.steps if agenda else ()
    _run(ground)
    rooms = _done(ground, rows_of(steps), FEWEST + ground.voices // EVERY)
    labels = list(Label.objects.filter(organisation=ground.cast.organisation))
    Presence.objects.bulk_create(
        Presence(room=room, label=ground.drawn.choice(labels), count=ground.drawn.randrange(1, 40))
        for room in rooms
    )
    return [
        ("room", room.ref, step.prompt[:300]) for room in rooms for step in steps if step.prompt
    ]


def _run(ground: Ground) -> None:
    """Open one through the services, and take its notes."""
    given: dict[str, Any] = {"by": ground.fred, "now": ground.calendar.at(0)}
    room = services.plan_room(
        project=ground.project,
        kind="workshop",
        title="The room that runs",
        on=ground.today,
        agenda=agenda_at("community-conversation"),
        **given,
    )
    room = services.open_room(room=room, **given)
    texts = ground.texts
    Note.objects.bulk_create(
        Note(
            room=room,
            number=n + 1,
            step=n % len(room.steps),
            sealed=seal(texts[n % len(texts)]),
            on=ground.today,
        )
        for n in range(NOTES)
    )


def _done(ground: Ground, agenda: list[dict[str, Any]], number: int) -> list[Room]:
    codes = _codes(ground.drawn, number)
    return Room.objects.bulk_create(
        Room(
            project=ground.project,
            kind=Room.Kind.WORKSHOP,
            title=f"Gathering {n}",
            on=ground.calendar.day(-7),
            place="Town hall",
            agenda=agenda,
            state=Room.State.DONE,
            code=code,
            many=True,
            done_on=ground.calendar.day(-7),
            prepared_by=ground.fred,
        )
        for n, code in enumerate(codes)
    )


def _codes(drawn: Random, number: int) -> list[str]:
    there = set(Room.objects.values_list("code", flat=True))
    found: set[str] = set()
    while len(found) < number:
        found |= {"".join(drawn.choices(ALPHABET, k=LENGTH))} - there
    return sorted(found)
