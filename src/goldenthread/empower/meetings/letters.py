"""Writing to those with a seat: one link, the names of project and meeting, the record's seal.

Nothing that anybody said.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.empower.groups.models import Seat
from goldenthread.empower.groups.permissions import in_standing
from goldenthread.empower.groups.queries import seats_of
from goldenthread.empower.meetings.models import Meeting
from goldenthread.empower.meetings.permissions import ORGANISERS
from goldenthread.kit import clock
from goldenthread.kit.text import say_day
from goldenthread.people.accounts.models import Person
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import write_letters
from goldenthread.projects.asking import Invited, asked_in, asked_to, link_to
from goldenthread.projects.roles import holders
from goldenthread.thread.published import newest


def invite(meeting: Meeting, *, by: Person, now: datetime) -> int:
    """Invite everyone who has a seat and an account, in somebody's name; returns how many."""
    said = asked_in(meeting.group.project)
    words = {name: said[name] for name in ("organisation", "can_change", "hear_by")}
    words |= {"asks": by.name or by.email, "seal": _seal()}
    link = link_to("meeting", meeting.ref, by=by)
    unanswered = _seats(meeting, now).exclude(coming__meeting=meeting)
    return _write("meeting", meeting, unanswered, link=link, **words)


def invite_newcomers(meeting: Meeting, *, now: datetime) -> int:
    """Invite who has taken a seat since it was announced, in the name of who organises now."""
    organisers = holders(meeting.group.project, *ORGANISERS, now=now)
    return invite(meeting, by=organisers[0].person, now=now) if organisers else 0


def tell_change(meeting: Meeting, *, now: datetime) -> int:
    """Tell them that the meeting is at another time or place, or not at all."""
    return _write("meeting-changed", meeting, _seats(meeting, now))


def ask_how_it_was(meeting: Meeting, seats: Iterable[Seat]) -> int:
    """Ask contributors whether the meeting kept the promises; once each, whatever is mended in it.

    Also who has answered already: a letter that is missing would tell that they did.
    """
    return _write("check-promises", meeting, seats)


def _seats(meeting: Meeting, now: datetime) -> QuerySet[Seat]:
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
    about: Any = {
        "text": text,
        "link": link or reverse(f"meetings:{page}", args=[project.address, meeting.ref]),
        "names": names | {"meeting": meeting.title, **more},
    }
    to = [seat for seat in seats if seat.person is not None]
    once = _once(text, meeting)
    write_letters(
        Letter(key=f"{text}:{meeting.ref}:{once}:{seat.ref}", person=seat.person, **about)
        for seat in to
    )
    return len(to)


def _once(text: str, meeting: Meeting) -> str:
    """Tell apart the occasions on which one seat gets this letter: once each, never again."""
    if text == "meeting":
        return "0"  # whenever they took their seat
    if text == "check-promises" and meeting.ends_at is not None:
        return f"{clock.today(meeting.ends_at)}"  # anew if it was put off
    return str(meeting.sequence)


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
