from datetime import datetime

from goldenthread.act.plans.models import Action
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, stands_in
from goldenthread.projects.speaker import Guest, Speaker

Name = ProjectRole.Name
PLANNERS = (Name.FACILITATOR, Name.CO_LEAD, Name.DECISION_MAKER)


def may_plan(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators, co-leads and decision-makers plan actions and say what changed."""
    return has_role(speaker, project, *PLANNERS, now=now)


def may_note(speaker: Speaker, action: Action, *, now: datetime) -> bool:
    """Those who plan say how it goes, and the two owners while they belong to the project."""
    if isinstance(speaker, Guest):
        return False
    if may_plan(speaker, action.project, now=now):
        return True
    owns = speaker.ref in (action.owner_id, action.co_owner_id)
    return owns and stands_in(speaker, action.project)
