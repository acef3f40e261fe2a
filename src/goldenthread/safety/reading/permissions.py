"""Who may do what with words that people sent."""

from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.reading.models import Words

Name = ProjectRole.Name


def may_read(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project; nobody else sees words before they are released."""
    return has_role(speaker, project, Name.READER, now=now)


def may_decide_on(speaker: Any, words: Words, *, now: datetime) -> bool:
    """A reader; where a second reader was asked for, not the one who asked."""
    if not may_read(speaker, words.project, now=now):
        return False
    return not words.second_reader or words.read_by_id != speaker.pk


def may_ask_to_remove(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader, facilitator or co-lead may ask to take down what was released."""
    return has_role(speaker, project, Name.READER, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_hold_the_second_key(
    speaker: Any, project: Project, *, asked_by: Any, now: datetime
) -> bool:
    """A co-lead of the project, who is not the one who asked."""
    return has_role(speaker, project, Name.CO_LEAD, now=now) and speaker != asked_by
