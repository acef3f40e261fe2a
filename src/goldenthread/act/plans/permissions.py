from datetime import datetime

from goldenthread.act.plans.models import Action
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Guest, Speaker

Name = ProjectRole.Name
PLANNERS = (Name.FACILITATOR, Name.CO_LEAD, Name.DECISION_MAKER)


def may_plan(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators, co-leads and decision-makers plan actions and say what changed."""
    return has_role(speaker, project, *PLANNERS, now=now)


def may_note(speaker: Speaker, action: Action, *, now: datetime) -> bool:
    """Those who plan, and the two people who own the action, say how it goes."""
    if isinstance(speaker, Guest):
        return False
    owns = speaker.ref in (action.owner_id, action.co_owner_id)
    return owns or may_plan(speaker, action.project, now=now)
