"""Who sees what a reader carries: the reader and their supporter, nobody else."""

from datetime import datetime
from typing import Any

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.roles import held_by
from goldenthread.safety.readers.models import Reader


def is_a_reader(speaker: Any, *, now: datetime) -> bool:
    """Someone who reads in any project today."""
    return speaker.is_member and any(
        role.name == ProjectRole.Name.READER for role in held_by(speaker, now=now)
    )


def may_see_load(speaker: Any, reader: Reader) -> bool:
    """The reader and the supporter they named. No administrator, no facilitator."""
    if not isinstance(speaker, Person):
        return False
    return speaker.pk in {reader.person_id, reader.supporter_id}
