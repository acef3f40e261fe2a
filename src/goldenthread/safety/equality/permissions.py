from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_prepare


def may_choose(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Whoever prepares a project says whether it asks, before it opens."""
    return may_prepare(speaker, project, now=now)
