from datetime import datetime

from goldenthread.empower.groups.models import Seat
from goldenthread.empower.groups.permissions import (
    has_seat,
    held_on,
    in_standing,
    may_make_groups,
)
from goldenthread.empower.meetings.models import Meeting
from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

ORGANISERS = (ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)


def may_plan(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads plan meetings, announce them, and write the notes."""
    return may_make_groups(speaker, project, now=now)


def may_see(speaker: Speaker, meeting: Meeting, *, now: datetime) -> bool:
    """Everyone sees a meeting that was announced; a draft only those who plan."""
    if meeting.announced_on is not None:
        return True
    return has_role(speaker, meeting.group.project, *ORGANISERS, now=now)


def may_see_the_link(speaker: Speaker, meeting: Meeting, *, now: datetime) -> bool:
    """Those with a seat and organisers see the link to join; it is not for strangers."""
    project = meeting.group.project
    return has_role(speaker, project, *ORGANISERS, now=now) or has_seat(
        speaker, meeting.group, now=now
    )


def may_see_needs(speaker: Speaker, meeting: Meeting, *, now: datetime) -> bool:
    """Facilitators alone see what people need to take part."""
    return has_role(speaker, meeting.group.project, ProjectRole.Name.FACILITATOR, now=now)


def may_answer(speaker: Speaker, meeting: Meeting, *, now: datetime) -> bool:
    """Those with a seat say if they come, until the meeting begins."""
    return (
        meeting.state == Meeting.State.ANNOUNCED
        and meeting.starts_at is not None
        and now < meeting.starts_at
        and has_seat(speaker, meeting.group, now=now)
    )


def may_check(speaker: Speaker, meeting: Meeting, *, now: datetime) -> bool:
    """Contributors check the promises: who held a seat for lived experience or as a carer.

    They may have left the group since, but not the project.
    """
    if not isinstance(speaker, Person) or not is_over(meeting, now=now):
        return False
    day = clock.today(meeting.starts_at or now)
    seats = Seat.objects.filter(held_on(day), in_standing(), group=meeting.group, person=speaker)
    return any(seat.lived_experience or seat.carer for seat in seats)


def is_over(meeting: Meeting, *, now: datetime) -> bool:
    """Return whether a meeting took place: it was announced and its end has passed."""
    held = meeting.state in (Meeting.State.ANNOUNCED, Meeting.State.HELD)
    ends_at = meeting.ends_at or meeting.starts_at
    return held and ends_at is not None and ends_at <= now
