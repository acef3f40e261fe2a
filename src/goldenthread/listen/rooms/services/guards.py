"""What every act in a room asks first."""

from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.rooms.models import Note, Room
from goldenthread.listen.rooms.permissions import may_run
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker

NOTE_CHANGED = gettext_lazy("Someone changed this note meanwhile. Read out the new words first.")


def refuse_unless_running(by: Speaker, project: Project, *, now: datetime) -> None:
    """Go on only for those who run rooms here.

    :raises Refusal: they do not
    """
    if not may_run(by, project, now=now):
        raise Refusal(_("Only a facilitator or co-lead runs rooms here."))


def locked(room: Room, *states: str) -> Room:
    """Return the room as it stands now, held until this act is over.

    :raises Refusal: it is in another state by now
    """
    found = (
        Room.objects.select_for_update(no_key=True, of=("self",))
        .select_related("project")
        .get(pk=room.pk)
    )
    if found.state not in states:
        raise Refusal(_("This room has gone on since this page was opened. Look at it anew."))
    return found


def locked_note(note: Note, *states: str) -> Note:
    """Return a note, held until this act is over, if it still says what was read.

    :raises Refusal: it was put in other words or left out, or the room is in another state by now
    """
    locked(note.room, *states)
    found = Note.objects.filter(pk=note.pk).first()
    if found is None or found.edition != note.edition:
        raise Refusal(NOTE_CHANGED)
    return found
