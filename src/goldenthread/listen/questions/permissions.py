from datetime import datetime

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

Name = ProjectRole.Name
ASKERS = (Name.FACILITATOR, Name.CO_LEAD)


def may_ask(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads ask, while the project is open."""
    return project.state == Project.State.OPEN and may_end(speaker, project, now=now)


def may_end(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """The same people end a question, or close it with a reason; after the project closed too."""
    return has_role(speaker, project, *ASKERS, now=now)
