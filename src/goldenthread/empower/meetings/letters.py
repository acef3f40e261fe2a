"""Writing to those with a seat: one link, no words, the names of project and meeting only."""

from datetime import datetime

from django.urls import reverse

from goldenthread.empower.groups.queries import seats_of
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.people.notifications.services import write_letter


def invite(meeting: Meeting, *, now: datetime) -> int:
    """Write to everyone with a seat and an account; a changed meeting writes again. Returns how many."""
    project = meeting.group.project
    link = reverse("meetings:meeting", args=[project.address, meeting.ref])
    seats = [seat for seat in seats_of(meeting.group, clock.today(now)) if seat.person]
    for seat in seats:
        write_letter(
            key=f"meeting:{meeting.ref}:{meeting.sequence}:{seat.ref}",
            text="meeting",
            link=link,
            names={"project": project.title, "meeting": meeting.title},
            person=seat.person,
        )
    return len(seats)
