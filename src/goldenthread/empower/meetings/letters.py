"""Writing to those with a seat: one link, the names of project and meeting, the record's seal.

Nothing that anybody said.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.empower.groups.models import Seat
from goldenthread.empower.groups.permissions import in_standing
from goldenthread.empower.groups.queries import seats_of
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.services import write_letter
from goldenthread.projects.asking import Invited, asked_in, asked_to, link_to
from goldenthread.thread.published import newest


def invite(meeting: Meeting, *, by: Person, now: datetime) -> int:
    """Invite everyone who has a seat and an account, in somebody's name; returns how many."""
    said = asked_in(meeting.group.project)
    words = {name: said[name] for name in ("organisation", "can_change", "hear_by")}
    words |= {"asks": by.name or by.email, "seal": _seal()}
    link = link_to("meeting", meeting.ref, by=by)
    return _write("meeting", meeting, _seats(meeting, now), link=link, **words)


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
    said = _(
        "The record in four words, to compare at the meeting: %(words)s "
        "(%(day)s, %(size)s entries)."
    )
    return said % {"words": head.words, "day": say_day(head.on), "size": head.said_size}


def _write(
    text: str, meeting: Meeting, seats: Iterable[Seat], *, link: str = "", **more: str
) -> int:
    project = meeting.group.project
    page = "check" if text == "check-promises" else "meeting"
    names = {"project": project.title, "organisation": project.organisation.name}
    to = [seat for seat in seats if seat.person is not None]
    for seat in to:
        write_letter(
            key=f"{text}:{meeting.ref}:{meeting.sequence}:{seat.ref}",
            text=text,
            link=link or reverse(f"meetings:{page}", args=[project.address, meeting.ref]),
            names=names | {"meeting": meeting.title, **more},
            person=seat.person,
        )
    return len(to)


@asked_to("meeting")
def to_a_meeting(ref: UUID) -> Invited | None:
    """Say to which meeting somebody is invited."""
    rows = Meeting.objects.filter(state=Meeting.State.ANNOUNCED)
    meeting = rows.select_related("group__project__organisation").filter(pk=ref).first()
    if meeting is None:
        return None
    project = meeting.group.project
    href = reverse("meetings:meeting", args=[project.address, meeting.ref])
    day = say_day(clock.today(meeting.starts_at)) if meeting.starts_at else ""
    return Invited(_("to come to a meeting on %(day)s") % {"day": day}, project, href)
