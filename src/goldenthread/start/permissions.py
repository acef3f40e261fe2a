"""Who answers the eight questions of a project."""

from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_prepare


def may_start(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who prepare the project, until it opens."""
    return project.state == Project.State.DRAFT and may_prepare(speaker, project, now=now)
