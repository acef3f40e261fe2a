"""Who may do what in a project, as sentences."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from goldenthread.organisations.models import Membership, Organisation, Role
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.roles import roles_in
from goldenthread.projects.models import Partner, Project, ProjectRole
from goldenthread.projects.roles import (
    has_role,
    partner_roles_of,
    roles_in_its_organisation,
    roles_in_partner,
    roles_of,
)

Name = ProjectRole.Name
RUNS = {Role.Name.ADMINISTRATOR, Role.Name.FACILITATOR}


def may_see(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Anyone sees an open project, members their own; a draft is seen by those who prepare it."""
    draft = project.state == Project.State.DRAFT
    if not draft and project.open_to != Project.OpenTo.MEMBERS:
        return True
    if not speaker.is_member:
        return False
    if roles_of(speaker, project, now=now) or runs_a_partner(speaker, project, now=now):
        return True
    return not draft and belongs_to_a_partner(speaker, project)


def may_see_board(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Where the board is shared, whoever sees the project; else those with a part in running it."""
    if project.board == Project.Board.SHARED:
        return may_see(speaker, project, now=now)
    if not speaker.is_member:
        return False
    return bool(roles_of(speaker, project, now=now)) or runs_a_partner(speaker, project, now=now)


def belongs_to_a_partner(speaker: Any, project: Project) -> bool:
    """A member of an organisation that the project belongs to, not suspended there."""
    return speaker.is_member and memberships_behind(speaker, project).exists()


def memberships_behind(person: Any, project: Project) -> QuerySet[Membership]:
    """Return the memberships by which a person belongs to the project."""
    return Membership.objects.filter(
        person=person,
        suspended_on=None,
        organisation__partnerships__project=project,
        organisation__partnerships__waiting_since=None,
    )


def runs_a_partner(speaker: Any, project: Project, *, now: datetime) -> bool:
    """An administrator or facilitator of an organisation that the project belongs to."""
    return bool(partner_roles_of(speaker, project, now=now) & RUNS)


def administers_its_organisation(speaker: Any, project: Project, *, now: datetime) -> bool:
    """An administrator of the organisation that began the project: its settings are theirs."""
    return Role.Name.ADMINISTRATOR in roles_in_its_organisation(speaker, project, now=now)


def may_prepare(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Facilitators and co-leads prepare a project, and those who run a partner organisation."""
    return may_facilitate(speaker, project, now=now) or runs_a_partner(speaker, project, now=now)


def may_follow_preparation(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who prepare a project, and its decision-maker, see what is ready and missing."""
    return may_decide(speaker, project, now=now) or may_prepare(speaker, project, now=now)


def may_write_terms(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who prepare the project, and the decision-maker, until it is closed."""
    return project.state != Project.State.CLOSED and may_follow_preparation(
        speaker, project, now=now
    )


def may_give_roles(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Those who run a partner organisation say who does what."""
    return project.state != Project.State.CLOSED and runs_a_partner(speaker, project, now=now)


def roles_given_in(project: Project) -> list[str]:
    """Return the roles that are given: once it is closed, words may still wait, and worries."""
    closed = project.state == Project.State.CLOSED
    return [Name.READER, Name.SAFEGUARDER] if closed else list(Name.values)


def may_open(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A facilitator opens the project, or someone who runs a partner organisation."""
    return has_role(speaker, project, Name.FACILITATOR, now=now) or runs_a_partner(
        speaker, project, now=now
    )


def may_ask_partners(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Whoever may open a project may ask another organisation to share it."""
    return project.state != Project.State.CLOSED and may_open(speaker, project, now=now)


def may_answer_for(speaker: Any, partner: Partner, *, now: datetime) -> bool:
    """An administrator of the organisation that was asked says yes or no."""
    return may_administer(speaker, partner.organisation, now=now)


def may_agree_to_close(speaker: Any, partner: Partner, *, now: datetime) -> bool:
    """A co-lead, administrator or decision-maker who belongs to that very organisation."""
    if Role.Name.ADMINISTRATOR in roles_in_partner(speaker, partner, now=now):
        return True
    return (
        has_role(speaker, partner.project, Name.CO_LEAD, Name.DECISION_MAKER, now=now)
        and Membership.objects.filter(
            person=speaker, organisation=partner.organisation, suspended_on=None
        ).exists()
    )


def may_close(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Whoever opens and decides closes, once every partner has agreed and nothing is missing."""
    return may_open(speaker, project, now=now) or has_role(
        speaker, project, Name.CO_LEAD, Name.DECISION_MAKER, now=now
    )


def may_see_closing(speaker: Any, project: Project, *, now: datetime) -> bool:
    """All who prepare, decide in or run the project see what stands before its close."""
    return project.state != Project.State.DRAFT and may_follow_preparation(
        speaker, project, now=now
    )


def may_facilitate(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A facilitator or co-lead of the project."""
    return has_role(speaker, project, Name.FACILITATOR, Name.CO_LEAD, now=now)


def may_read(speaker: Any, project: Project, *, now: datetime) -> bool:
    """A reader of the project."""
    return has_role(speaker, project, Name.READER, now=now)


def may_lend(speaker: Any, organisation: Organisation, *, now: datetime) -> bool:
    """An administrator or steward of an organisation lends its readers."""
    lends = {Role.Name.ADMINISTRATOR, Role.Name.STEWARD}
    return bool(roles_in(speaker, organisation, now=now) & lends)


def may_see_rota(speaker: Any, project: Project, *, now: datetime) -> bool:
    """Readers, and those who prepare the project, see who reads when."""
    return may_read(speaker, project, now=now) or may_prepare(speaker, project, now=now)


def may_see_concerns(speaker: Any, project: Project, *, now: datetime) -> bool:
    """The safeguarder of the project; nobody else."""
    return has_role(speaker, project, Name.SAFEGUARDER, now=now)


def may_decide(speaker: Any, project: Project, *, now: datetime) -> bool:
    """The decision-maker of the project."""
    return has_role(speaker, project, Name.DECISION_MAKER, now=now)
