"""Confirming: notes that those present called right become voices; all others are gone."""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.listen.rooms.events import ROOM_CONFIRMED
from goldenthread.listen.rooms.models import Note, Room
from goldenthread.listen.rooms.queries import edition_of_notes
from goldenthread.listen.rooms.services.guards import locked, locked_note, refuse_unless_running
from goldenthread.listen.rooms.services.running import MOST_NOTES
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.services import Said, speak_together
from goldenthread.people.accounts.models import Person
from goldenthread.projects.speaker import Guest
from goldenthread.thread.models import How
from goldenthread.thread.services import record, tie_all

LONGEST_QUESTION = 300  # of the question above a voice


@dataclass(frozen=True)
class Handed:
    """The slips of a room: for each note that somebody claimed, the receipt that opens it."""

    codes: tuple[tuple[int, str], ...] = field(repr=False)  # number of the note, code


@transaction.atomic
def say_right(*, by: Person, note: Note, slip: bool, now: datetime) -> Note:
    """Those present say that a note is right; whoever said it may take a slip.

    :raises Refusal: the notes are not being read back, or it says something else by now
    """
    refuse_unless_running(by, note.room.project, now=now)
    found = locked_note(note, Room.State.CONFIRMING)
    found.right, found.slip = True, slip
    found.save(update_fields=["right", "slip"])
    return found


@transaction.atomic
def confirm(
    *, by: Person, room: Room, form_key: UUID, seen: str | None = None, now: datetime
) -> Handed:
    """Make a voice of every note that was called right, and forget all notes of the room.

    Each claimed note has a receipt of its own; sent twice, the same slips come again. `seen` is
    the mark of the notes that stood on the page, those too that fall.

    :raises Refusal: the project does not listen now, no note was called right, or others stand
        there than were seen
    """
    refuse_unless_running(by, room.project, now=now)
    found = locked(room, Room.State.CONFIRMING, Room.State.DONE)
    if found.state == Room.State.DONE:
        return slips_again(form_key=form_key)
    every = list(found.notes.order_by("number"))
    if seen is not None and seen != edition_of_notes(every):
        raise Refusal(
            _(
                "Notes were taken or changed since this page was opened. "
                "They are shown here as they are now. Look at them, then send again."
            )
        )
    notes = [note for note in every if note.right]
    if not notes:
        raise Refusal(_("No note was called right yet. Read at least one back."))
    voices, codes = _spoken(found, notes, form_key, now)
    ties = [(("room", found.ref), ("voice", voice.ref)) for voice in voices]
    tie_all(ties, how=How.GROUPED, project=found.project_id)  # a room brings voices together
    found.notes.all().delete()
    found.state, found.done_on = Room.State.DONE, clock.today(now)
    found.many = len(voices) >= SMALLEST
    found.save(update_fields=["state", "done_on", "many"])
    facts = {"notes": in_fives(len(voices)) or 0}
    record(ROOM_CONFIRMED, about=found.ref, project=found.project_id, facts=facts, now=now)
    return Handed(tuple(codes))


def slips_again(*, form_key: UUID) -> Handed:
    """Return the slips of a form that was sent before: nothing of their codes was kept."""
    marks = {formkeys.mark_of(_key(form_key, n)): n for n in range(1, MOST_NOTES + 1)}
    found = Voice.objects.filter(form_key__in=marks, receipt__isnull=False)
    drawers = {
        marks[bytes(mark)]: drawer
        for mark, drawer in found.values_list("form_key", "receipt__drawer")
        if mark
    }
    return Handed(
        tuple(
            (number, str(formkeys.code_of(_key(form_key, number), drawer)))
            for number, drawer in sorted(drawers.items())
        )
    )


def _spoken(
    room: Room, notes: list[Note], form_key: UUID, now: datetime
) -> tuple[list[Voice], list[tuple[int, str]]]:
    """Speak the notes in an order that tells nothing, those with a slip under a receipt each."""
    voices: list[Voice] = []
    codes: list[tuple[int, str]] = []
    for note in secrets.SystemRandom().sample(notes, len(notes)):
        said = speak_together(
            by=Guest(),
            project=room.project,
            form_key=_key(form_key, note.number),
            each=[_said(room, note)],
            keep_receipt=note.slip,
            came_by=Voice.CameBy.ROOM,
            now=now,
        )
        voices += said.voices
        if said.code:
            codes.append((note.number, said.code))
    return voices, sorted(codes)


def _said(room: Room, note: Note) -> Said:
    asked = room.steps[note.step].prompt if note.step < len(room.steps) else ""
    return {
        "text": unseal(note.sealed),
        "kind": Voice.Kind.NOTE,
        "strand": room.strand,
        "asked": asked[:LONGEST_QUESTION],
        "answers": room.ref,
    }


def _key(form_key: UUID, number: int) -> UUID:
    return uuid5(form_key, f"note {number}")
