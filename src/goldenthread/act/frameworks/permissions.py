from datetime import datetime

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

LEADS = (ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)


def may_map(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads choose frameworks and place themes, until the project closes."""
    open_still = project.state != Project.State.CLOSED
    return open_still and has_role(speaker, project, *LEADS, now=now)
