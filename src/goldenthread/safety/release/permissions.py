from datetime import datetime

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.projects.speaker import Speaker
from goldenthread.safety.release import registry

Name = ProjectRole.Name


def may_freeze(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A facilitator or co-lead may ask for new figures; the rules decide whether there are any."""
    return has_role(speaker, project, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_see_early(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """A decision-maker sees figures before everyone, and so does who stands in for them."""
    if not isinstance(speaker, Person):
        return False
    if has_role(speaker, project, Name.DECISION_MAKER, now=now):
        return True
    return registry.delegates(now).filter(delegate=speaker, project=project).exists()
