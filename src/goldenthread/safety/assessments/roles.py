"""In which role somebody acts: what stands beside a name, and on its own in public."""

from datetime import datetime
from typing import Any

from goldenthread.organisations.models import Role
from goldenthread.projects.models import Project, ProjectRole
from goldenthread.projects.roles import partner_roles_of, roles_of

ORDER = (
    ProjectRole.Name.DECISION_MAKER,
    ProjectRole.Name.SAFEGUARDER,
    ProjectRole.Name.CO_LEAD,
    ProjectRole.Name.FACILITATOR,
    ProjectRole.Name.READER,
)


def role_in(person: Any, project: Project, *, now: datetime) -> str:
    """Return the role by which a person acts in a project: Safeguarder, Administrator."""
    held = roles_of(person, project, now=now)
    for name in ORDER:
        if name in held:
            return str(name.label)
    around = partner_roles_of(person, project, now=now)
    return str(next((name.label for name in Role.Name if name in around), ""))
