from datetime import datetime

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

Name = ProjectRole.Name
REPLIERS = (Name.FACILITATOR, Name.CO_LEAD, Name.DECISION_MAKER)
TELLERS = (Name.FACILITATOR, Name.CO_LEAD)


def may_reply(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators, co-leads and decision-makers write and send replies.

    Also after the project has closed: whatever still changes, people must hear of it.
    """
    return has_role(speaker, project, *REPLIERS, now=now)


def may_tell(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads tick who was told by hand or could not be; after closing too."""
    return has_role(speaker, project, *TELLERS, now=now)
