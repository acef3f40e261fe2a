from datetime import datetime

from goldenthread.act.plans.models import Action
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, stands_in
from goldenthread.projects.speaker import Guest, Speaker

Name = ProjectRole.Name
PLANNERS = (Name.FACILITATOR, Name.CO_LEAD, Name.DECISION_MAKER)


def may_plan(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators, co-leads and decision-makers plan actions, until the project closes."""
    return project.state != Project.State.CLOSED and may_claim(speaker, project, now=now)


def may_claim(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """The same people say what changed, also after the close: those who spoke must still hear."""
    return has_role(speaker, project, *PLANNERS, now=now)


def may_note(speaker: Speaker, action: Action, *, now: datetime) -> bool:
    """Those who plan say how it goes, and the two owners while they belong to the project.

    Also after the close: what was planned in the open is ended in the open.
    """
    if isinstance(speaker, Guest):
        return False
    if may_claim(speaker, action.project, now=now):
        return True
    owns = speaker.ref in (action.owner_id, action.co_owner_id)
    return owns and stands_in(speaker, action.project)
