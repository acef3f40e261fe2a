"""Who looks again: another reader than the one who read."""

from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project
from goldenthread.safety.readers.queries import has_practised
from goldenthread.safety.reading.permissions import may_read


def may_look_again(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project who has practised."""
    return may_read(speaker, project, now=now) and has_practised(speaker)
