"""In which role, and for which organisation, people took words down: never who they were."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from goldenthread.organisations.models import Membership
from goldenthread.projects.models import Partner, Project, ProjectRole
from goldenthread.projects.roles import roles_of

Name = ProjectRole.Name
FIRST: Final = (Name.CO_LEAD, Name.FACILITATOR, Name.READER)  # of several roles, the first counts


@dataclass(frozen=True)
class Hand:
    """A role, and the organisation in whose name someone has it."""

    role: str
    organisation: UUID


def hand_of(person: Any, project: Project, *, roles: Iterable[Name], now: datetime) -> Hand:
    """Say in which of these roles a person acts in a project, and for which organisation."""
    held = roles_of(person, project, now=now)
    role = next((name for name in roles if name in held), "")
    return Hand(str(role), _lender(person, project, role) or _own(person, project))


def _lender(person: Any, project: Project, role: str) -> UUID | None:
    lent = ProjectRole.objects.filter(person=person, project=project, name=role, waiting_since=None)
    return lent.exclude(lent_by=None).values_list("lent_by", flat=True).first()


def _own(person: Any, project: Project) -> UUID:
    """Of a member of several partners it is the one that began the project."""
    partners = Partner.objects.filter(project=project, waiting_since=None).values("organisation")
    behind = Membership.objects.filter(
        person=person, suspended_on=None, organisation__in=partners
    ).order_by("joined_on", "ref")
    found = list(behind.values_list("organisation_id", flat=True))
    begun_by: UUID = project.organisation_id
    return found[0] if found and begun_by not in found else begun_by


def removal_facts(
    because: str, project: Project, asked: Hand | None = None, agreed: Hand | None = None
) -> dict[str, str | int]:
    """Return what the record keeps of a removal; without hands, the organisation alone."""
    organisation = asked.organisation if asked else project.organisation_id
    return {
        "because": because,
        "organisation": str(organisation),
        "asked_as": asked.role if asked else "",
        "agreed_for": str(agreed.organisation) if agreed else "",
        "agreed_as": agreed.role if agreed else "",
    }
