"""Writing to those with a seat: one link, the names of project and meeting, the record's seal.

Nothing that anybody said.
"""

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.empower.groups.models import Seat
from goldenthread.empower.groups.permissions import in_standing
from goldenthread.empower.groups.queries import seats_of
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.notifications.services import write_letter
from goldenthread.thread.published import newest


def invite(meeting: Meeting, *, now: datetime) -> int:
    """Invite everyone who has a seat and an account; returns how many."""
    return _write("meeting", meeting, _seats(meeting, now), seal=_seal())


def tell_change(meeting: Meeting, *, now: datetime) -> int:
    """Tell them that the meeting is at another time or place, or not at all."""
    return _write("meeting-changed", meeting, _seats(meeting, now))


def ask_how_it_was(meeting: Meeting, seats: Iterable[Seat]) -> int:
    """Ask contributors whether the meeting kept the promises; once each."""
    return _write("check-promises", meeting, seats)


def _seats(meeting: Meeting, now: datetime) -> Iterable[Seat]:
    return seats_of(meeting.group, clock.today(now)).filter(in_standing())


def _seal() -> str:
    """The newest seal of the record, to be compared with what is read out at the meeting."""
    head = newest()
    if head is None:
        return _("The record is not sealed yet.")
    on = f"{say_day(head.on)}, {head.said_size} entries"
    return f"The record in four words, to compare at the meeting: {head.words} ({on})."


def _write(text: str, meeting: Meeting, seats: Iterable[Seat], **more: str) -> int:
    project = meeting.group.project
    page = "check" if text == "check-promises" else "meeting"
    names = {"project": project.title, "organisation": project.organisation.name}
    to = [seat for seat in seats if seat.person is not None]
    for seat in to:
        write_letter(
            key=f"{text}:{meeting.ref}:{meeting.sequence}:{seat.ref}",
            text=text,
            link=reverse(f"meetings:{page}", args=[project.address, meeting.ref]),
            names=names | {"meeting": meeting.title, **more},
            person=seat.person,
        )
    return len(to)
