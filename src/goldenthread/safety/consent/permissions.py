"""Who sees what may be quoted, and who is the second reader of it."""

from datetime import datetime
from typing import Any

from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.readers.queries import has_practised, is_new
from goldenthread.safety.reading.models import Words

Name = ProjectRole.Name


def may_be_asked(project: Project) -> bool:
    """Whether people here are asked if they may be quoted: never where under-18s speak."""
    return not project.for_under_18


def may_see_quotes(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A facilitator or a co-lead."""
    return has_role(speaker, project, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_see_waiting(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project."""
    return has_role(speaker, project, Name.READER, now=now)


def may_look_again(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader whose first ten readings are behind them."""
    reads = may_see_waiting(speaker, project, now=now)
    return reads and has_practised(speaker) and not is_new(speaker)


def may_agree_to_quote(speaker: Any, words: Words, *, now: datetime) -> bool:
    """Another reader than the one who released the words."""
    return may_look_again(speaker, words.project, now=now) and words.read_by_id != speaker.pk
