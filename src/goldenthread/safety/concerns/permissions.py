"""Who may know of a concern for someone's safety."""

from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.concerns.models import Concern


def may_raise(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project."""
    return has_role(speaker, project, ProjectRole.Name.READER, now=now)


def may_see_concerns(speaker: Any, project: Project, *, now: datetime) -> bool:
    """The safeguarder of the project or the deputy; nobody else, whatever else they may do."""
    return has_role(speaker, project, ProjectRole.Name.SAFEGUARDER, now=now)


def may_see(speaker: Any, concern: Concern, *, now: datetime) -> bool:
    """Whoever looks after concerns of this kind in its project."""
    return may_see_concerns(speaker, concern.project, now=now)
