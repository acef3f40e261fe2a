from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from goldenthread.empower.groups.models import Group, Seat
from goldenthread.empower.groups.queries import seat_of
from goldenthread.empower.meetings import permissions
from goldenthread.empower.meetings.models import Meeting
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Speaker

NEEDS_KEPT = timedelta(days=30)


def meeting_visible_to(speaker: Speaker, project: Project, ref: UUID, *, now: datetime) -> Meeting:
    """Return a meeting of the project if the speaker may see it; else 404."""
    found = (
        Meeting.objects.select_related("group__project")
        .filter(group__project=project, ref=ref)
        .first()
    )
    if found is None or not permissions.may_see(speaker, found, now=now):
        raise Http404
    return found


def meetings_of(group: Group, *, drafts: bool) -> QuerySet[Meeting]:
    """Return the meetings of a group, the latest first; drafts only for those who plan."""
    found = Meeting.objects.filter(group=group)
    if not drafts:
        found = found.filter(announced_on__isnull=False)
    return found.order_by("-starts_at", "title", "ref")


def seat_for(person: Person, group: Group, today: date) -> Seat | None:
    """Return the seat of a person in the group on a day."""
    return seat_of(person, group, today=today)


def needs_to_forget(now: datetime) -> Q:
    """Return which needs are no longer needed: those of meetings thirty days past."""
    return Q(meeting__starts_at__lt=now - NEEDS_KEPT, needs__isnull=False)
