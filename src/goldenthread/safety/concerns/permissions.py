"""Who may know of a concern for someone's safety."""

from datetime import datetime
from typing import Any, Final

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.young.queries import post_holders

GOES_TO: Final = {Concern.Names.STAFF: "head", Concern.Names.HEAD: "chair"}


def may_raise(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project."""
    return has_role(speaker, project, ProjectRole.Name.READER, now=now)


def may_see_concerns(speaker: Any, project: Project, *, now: datetime) -> bool:
    """The safeguarder of the project or the deputy; nobody else, whatever else they may do."""
    return has_role(speaker, project, ProjectRole.Name.SAFEGUARDER, now=now)


def kinds_seen_by(speaker: Any, project: Project, *, now: datetime) -> set[str]:
    """Return which concerns someone looks after: by whom they name.

    In a school, what names staff goes to its head, and what names the head to whoever stands
    above; nobody else sees it, the safeguarder included.
    """
    if not speaker.is_member:
        return set()
    hear = who_hears(project)
    kinds = {kind for kind, person in hear.items() if person == speaker}
    if may_see_concerns(speaker, project, now=now):
        kinds |= set(Concern.Names.values) - set(hear)
    return kinds


def who_hears(project: Project) -> dict[str, Person]:
    """Return, in a school, who alone hears of what names staff, or the head."""
    holders = post_holders(project.organisation)
    return {str(kind): holders[post] for kind, post in GOES_TO.items() if post in holders}


def may_see(speaker: Any, concern: Concern, *, now: datetime) -> bool:
    """Whoever looks after concerns of this kind in its project."""
    return concern.names in kinds_seen_by(speaker, concern.project, now=now)
