from datetime import datetime

from goldenthread.listen.stories.models import StoryBox
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_see
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker

Name = ProjectRole.Name


def may_switch(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads switch stories on and off, and word the two questions."""
    return has_role(speaker, project, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_tell(speaker: Speaker, box: StoryBox, *, now: datetime) -> bool:
    """Whoever sees the project tells a story, while stories are switched on."""
    return box.is_open and may_see(speaker, box.project, now=now)
