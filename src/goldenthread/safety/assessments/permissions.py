"""Who fills in an assessment, who signs it, who reads all of it."""

from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.permissions import may_follow_preparation
from goldenthread.projects.roles import has_role


def may_read_all(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who prepare the project, who decide in it, and who keep people safe in it."""
    return may_follow_preparation(speaker, project, now=now) or has_role(
        speaker, project, ProjectRole.Name.SAFEGUARDER, now=now
    )


def may_write(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who may read all of it, until the project is closed."""
    return project.state != Project.State.CLOSED and may_read_all(speaker, project, now=now)


def may_sign(speaker: Any, project: Project, *, wrote: bool, now: datetime) -> bool:
    """Any of them who has not written a word of it."""
    return not wrote and may_write(speaker, project, now=now)
