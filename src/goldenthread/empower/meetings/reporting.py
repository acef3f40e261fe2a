"""What people can report of meetings: their notes."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse

from goldenthread.empower.meetings import permissions
from goldenthread.empower.meetings.models import Meeting
from goldenthread.projects.models import Project
from goldenthread.safety.moderation.registry import Reportable, reportable


@reportable("meeting")
def noted_meeting(
    project: Project, ref: UUID, *, visible_to: Any, now: datetime
) -> Reportable | None:
    """Return a meeting with notes that the speaker may see."""
    meetings = Meeting.objects.select_related("group__project").exclude(notes="")
    found = meetings.filter(group__project=project, ref=ref).first()
    if found is None or not permissions.may_see(visible_to, found, now=now):
        return None
    return Reportable(found.title, reverse("meetings:meeting", args=[project.address, ref]))
