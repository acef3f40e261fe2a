from datetime import datetime

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

Name = ProjectRole.Name


def may_freeze(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A facilitator or co-lead may ask for new figures; the rules decide whether there are any."""
    return has_role(speaker, project, Name.FACILITATOR, Name.CO_LEAD, now=now)
