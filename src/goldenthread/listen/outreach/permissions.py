from datetime import datetime

from goldenthread.listen.outreach.models import OutreachAction
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, stands_in
from goldenthread.projects.speaker import Guest, Speaker

Name = ProjectRole.Name
ORGANISERS = (Name.FACILITATOR, Name.CO_LEAD, Name.DECISION_MAKER)


def may_look(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators, co-leads and decision-makers see who is missing, and what is done."""
    return has_role(speaker, project, *ORGANISERS, now=now)


def may_plan(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """The same people plan how to reach those who are missing, until the project closes."""
    return project.state != Project.State.CLOSED and may_look(speaker, project, now=now)


def may_end(speaker: Speaker, action: OutreachAction, *, now: datetime) -> bool:
    """They, and the owner while they belong to the project, say what came of it; also later."""
    if isinstance(speaker, Guest):
        return False
    if may_look(speaker, action.project, now=now):
        return True
    return speaker.ref == action.owner_id and stands_in(speaker, action.project)
