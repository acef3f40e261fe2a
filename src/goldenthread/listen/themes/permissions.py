from datetime import datetime

from django.db.models import QuerySet

from goldenthread.listen.themes.models import Theme
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role, held
from goldenthread.projects.speaker import Speaker

ORGANISERS = (ProjectRole.Name.FACILITATOR, ProjectRole.Name.CO_LEAD)


def may_group(speaker: Speaker, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads group voices, while the project is not closed."""
    open_still = project.state != Project.State.CLOSED
    return open_still and has_role(speaker, project, *ORGANISERS, now=now)


def grouping_roles(project: Project, *, now: datetime) -> QuerySet[ProjectRole]:
    """Return the roles of those who may group, for a list that is fetched in one query."""
    group = held(now).filter(project=project, name__in=ORGANISERS)
    return group.exclude(project__state=Project.State.CLOSED)


def may_correct(speaker: Speaker, theme: Theme, *, spoke: bool) -> bool:
    """Those whose voice is in a theme say whether it is right, while it is shown to them."""
    known = speaker.is_member or bool(getattr(speaker, "receipt", None))
    return known and spoke and theme.state == Theme.State.SHOWN_BACK
