"""Who may know of a concern for someone's safety."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import has_role
from goldenthread.safety.concerns.models import Concern
from goldenthread.safety.young.queries import posts_in, still_held

GOES_TO: Final = {Concern.Names.STAFF: "head", Concern.Names.HEAD: "chair"}


@dataclass(frozen=True)
class Hearing:
    """In a school: who alone hears of which kind of concern, and who leads it."""

    alone: dict[str, Person]
    head: UUID | None  # also when they have left: whoever is named is the one it is about

    def leaves_out(self, person: Any, kind: str) -> bool:
        """Return whether someone never hears of this kind, whatever their roles."""
        return kind == Concern.Names.HEAD and person.ref == self.head


def may_raise(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project."""
    return has_role(speaker, project, ProjectRole.Name.READER, now=now)


def may_see_concerns(speaker: Any, project: Project, *, now: datetime) -> bool:
    """The safeguarder of the project or the deputy; nobody else, whatever else they may do."""
    return has_role(speaker, project, ProjectRole.Name.SAFEGUARDER, now=now)


def kinds_seen_by(speaker: Any, project: Project, *, now: datetime) -> set[str]:
    """Return which concerns someone looks after: by whom they name.

    In a school, what names staff goes to its head, and what names the head to whoever stands
    above; nobody else sees it, the safeguarder included. Where nobody holds that post, it goes to
    the safeguarders; what names the head never to the head, who may be one of them.
    """
    if not speaker.is_member:
        return set()
    hears = who_hears(project)
    kinds = {kind for kind, person in hears.alone.items() if person == speaker}
    if may_see_concerns(speaker, project, now=now):
        others = set(Concern.Names.values) - set(hears.alone)
        kinds |= {kind for kind in others if not hears.leaves_out(speaker, kind)}
    return kinds


def who_hears(project: Project) -> Hearing:
    """Return, in a school, who alone hears of what names staff, or the head. One query."""
    posts = posts_in(project.organisation)
    held = still_held(posts)
    alone = {str(kind): held[post] for kind, post in GOES_TO.items() if post in held}
    leads = GOES_TO[Concern.Names.STAFF]
    return Hearing(alone, next((each.person_id for each in posts if each.name == leads), None))


def may_see(speaker: Any, concern: Concern, *, now: datetime) -> bool:
    """Whoever looks after concerns of this kind in its project."""
    return concern.names in kinds_seen_by(speaker, concern.project, now=now)
