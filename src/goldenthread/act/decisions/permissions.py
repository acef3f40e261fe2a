from datetime import datetime

from goldenthread.act.decisions.models import Decision
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

Name = ProjectRole.Name
WRITERS = (Name.FACILITATOR, Name.CO_LEAD, Name.DECISION_MAKER)


def may_write_decision(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators, co-leads and decision-makers write decisions, until the project closes."""
    return project.state != Project.State.CLOSED and may_see_drafts(speaker, project, now=now)


def may_see_drafts(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Those who write decisions see their drafts, also after the project has closed."""
    return has_role(speaker, project, *WRITERS, now=now)


def may_publish_decision(speaker: Speaker, decision: Decision, *, now: datetime) -> bool:
    """A decision-maker publishes; a facilitator may do it for a group that has decided.

    Nothing is decided in a project that has closed.
    """
    if decision.project.state == Project.State.CLOSED:
        return False
    names = [Name.DECISION_MAKER, *([Name.FACILITATOR] if decision.group_id else [])]
    return has_role(speaker, decision.project, *names, now=now)


def may_see_decision(speaker: Speaker, decision: Decision, *, now: datetime) -> bool:
    """A published decision is there for all who see its project; a draft for those who write."""
    published = decision.state == Decision.State.PUBLISHED
    return published or may_see_drafts(speaker, decision.project, now=now)
