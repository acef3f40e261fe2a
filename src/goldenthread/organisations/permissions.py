"""Who may do what in an organisation. Roles in projects are the projects' own."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Organisation, Role
from goldenthread.organisations.roles import any_organisation, roles_anywhere, roles_in

ADMINISTRATOR = Role.Name.ADMINISTRATOR
NOT_YOURS = _("Only an administrator of the organisation can do this.")


def may_administer(speaker: Any, organisation: Organisation, *, now: datetime) -> bool:
    """Administrators change settings, people and roles; they see no unreleased words."""
    return ADMINISTRATOR in roles_in(speaker, organisation, now=now)


def may_start_projects(speaker: Any, organisation: Organisation, *, now: datetime) -> bool:
    """Administrators and facilitators begin projects."""
    return bool(roles_in(speaker, organisation, now=now) & {ADMINISTRATOR, Role.Name.FACILITATOR})


def may_found(speaker: Any, *, now: datetime) -> bool:
    """A member founds the very first organisation; later ones, who administers one already."""
    if not speaker.is_member:
        return False
    return not any_organisation() or ADMINISTRATOR in roles_anywhere(speaker, now=now)


def may_look_after(speaker: Any, *, now: datetime) -> bool:
    """Whoever administers an organisation here may see if the installation is sound."""
    return speaker.is_member and ADMINISTRATOR in roles_anywhere(speaker, now=now)


def may_join_by_email(speaker: Any, organisation: Organisation) -> bool:
    """Whoever signed in proved their address: a domain on the list is enough."""
    domain = speaker.email.rpartition("@")[2].lower() if speaker.is_member else ""
    return bool(domain) and domain in organisation.email_domains


def must_administer(speaker: Any, organisation: Organisation, *, now: datetime) -> None:
    """Refuse everyone who does not administer the organisation.

    :raises Refusal: the person is no administrator of it today
    """
    if not may_administer(speaker, organisation, now=now):
        raise Refusal(NOT_YOURS)
