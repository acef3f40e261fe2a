"""Who decides on reports and appeals, who answers complaints, who reads the log."""

from datetime import datetime
from typing import Any

from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_follow_preparation
from goldenthread.projects.roles import has_role
from goldenthread.safety.reading.models import Removal

Name = ProjectRole.Name


def may_decide(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project."""
    return has_role(speaker, project, Name.READER, now=now)


def may_hear_appeals(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader or a co-lead."""
    return has_role(speaker, project, Name.READER, Name.CO_LEAD, now=now)


def may_decide_appeal(
    speaker: Any, project: Project, removal: Removal | None, *, now: datetime
) -> bool:
    """A reader or co-lead who neither asked for the removal nor agreed to it."""
    if not may_hear_appeals(speaker, project, now=now):
        return False
    return removal is None or speaker.pk not in (removal.asked_by_id, removal.agreed_by_id)


def may_read_log(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Co-leads, facilitators, decision-makers, readers, and those who run a partner."""
    return may_decide(speaker, project, now=now) or may_follow_preparation(
        speaker, project, now=now
    )


def may_answer_complaints(speaker: Any, organisation: Organisation, *, now: datetime) -> bool:
    """An administrator of the organisation."""
    return may_administer(speaker, organisation, now=now)
