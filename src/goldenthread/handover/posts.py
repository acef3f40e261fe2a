"""A role in an organisation or in a project, looked at alike."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from goldenthread.handover.models import HandOver
from goldenthread.kit import clock
from goldenthread.organisations.models import Organisation, Role
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project, ProjectRole

SHARP = {ProjectRole.Name.READER, ProjectRole.Name.SAFEGUARDER}


@dataclass(frozen=True)
class Post:
    """One role that somebody holds."""

    role: Role | ProjectRole

    @property
    def ref(self) -> UUID:
        """Return the key of the role."""
        return self.role.ref

    @property
    def project(self) -> Project | None:
        """Return the project it is in, if it is in one."""
        return self.role.project if isinstance(self.role, ProjectRole) else None

    @property
    def organisation(self) -> Organisation:
        """Return the organisation it is in, or that began its project."""
        if isinstance(self.role, ProjectRole):
            return self.role.project.organisation
        return self.role.membership.organisation

    @property
    def holder(self) -> Person:
        """Return whose it is."""
        return (
            self.role.person if isinstance(self.role, ProjectRole) else self.role.membership.person
        )

    @property
    def name(self) -> str:
        """Say which role it is, inside a sentence."""
        name = str(self.role.get_name_display()).lower()
        deputy = isinstance(self.role, ProjectRole) and self.role.stands_in
        return _("%(role)s, as the deputy") % {"role": name} if deputy else name

    @property
    def where(self) -> str:
        """Say where it is, inside a sentence."""
        return f"“{self.project.title}”" if self.project else self.organisation.name

    @property
    def ends_on(self) -> date | None:
        """Return its last day, if it has one."""
        return self.role.ends_on

    @property
    def is_sharp(self) -> bool:
        """Whether what waits with it is for nobody else's eyes."""
        return self.project is not None and self.role.name in SHARP

    @property
    def sentence(self) -> str:
        """Say role and place in one."""
        return _("%(role)s in %(where)s") % {"role": self.name, "where": self.where}

    def has_ended(self, *, now: datetime) -> bool:
        """Return whether its last day has passed."""
        return self.ends_on is not None and self.ends_on < clock.today(now)

    @property
    def columns(self) -> dict[str, Any]:
        """Return how a hand-over points to it."""
        return {"project_role" if self.project else "role": self.role}


def post_of(handover: HandOver) -> Post:
    """Return the role that is handed on."""
    role = handover.project_role or handover.role
    if role is None:
        raise ValueError("a hand-over is of one role")
    return Post(role)
