"""Sharing a project: one organisation asks, the other one's administrator answers."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations.models import Organisation
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.models import Partner, Project
from goldenthread.projects.services.guards import locked, require, require_not_closed
from goldenthread.thread.events import Event
from goldenthread.thread.services import record

ANSWER_NOT_YOURS = gettext_lazy(
    "Only an administrator of the organisation that was asked may answer."
)


@transaction.atomic
def ask_partner(*, by: Person, project: Project, address: str, now: datetime) -> Partner:
    """Ask the organisation at that address to share the project.

    :raises Refusal: not theirs to ask, no such organisation, or it was asked already
    """
    require(
        allowed=permissions.may_ask_partners(by, project, now=now),
        otherwise=_("Only an organiser of this project may ask another organisation."),
    )
    project = locked(project)
    require_not_closed(project)
    organisation = Organisation.objects.filter(address=address.strip().strip("/").lower()).first()
    if organisation is None:
        raise Refusal(
            _(
                "No organisation has this address here. It is the "
                "last part of the link to its page."
            ),
            field="address",
        )
    if Partner.objects.filter(project=project, organisation=organisation).exists():
        raise Refusal(_("This organisation is on the list already."), field="address")
    partner = Partner.objects.create(
        project=project, organisation=organisation, waiting_since=clock.today(now)
    )
    _record(events.PARTNER_ASKED, partner, now)
    return partner


@transaction.atomic
def accept_partnership(*, by: Person, partner: Partner, now: datetime) -> None:
    """Say yes: from now on the project belongs to this organisation too.

    :raises Refusal: not theirs to answer, or nothing is asked any more
    """
    require(allowed=permissions.may_answer_for(by, partner, now=now), otherwise=ANSWER_NOT_YOURS)
    require_not_closed(locked(partner.project))
    partner = _waiting(partner)
    partner.waiting_since = None
    partner.save(update_fields=["waiting_since"])
    _record(events.PARTNER_JOINED, partner, now)


@transaction.atomic
def decline_partnership(*, by: Person, partner: Partner, now: datetime) -> None:
    """Say no; or take back what was asked, by those who asked. A partner once in is not put out.

    :raises Refusal: not theirs to answer, or the organisation has joined
    """
    require(
        allowed=permissions.may_answer_for(by, partner, now=now)
        or permissions.may_ask_partners(by, partner.project, now=now),
        otherwise=ANSWER_NOT_YOURS,
    )
    locked(partner.project)
    partner = _waiting(partner)
    _record(events.PARTNER_DECLINED, partner, now)
    partner.delete()


@transaction.atomic
def name_controller(*, by: Person, partner: Partner, now: datetime) -> None:
    """Say which partner answers for the data. Once the project is open, that stays.

    :raises Refusal: not theirs to say, the project is open, or the partner has not joined
    """
    require(
        allowed=permissions.may_give_roles(by, partner.project, now=now),
        otherwise=_("Only an administrator or facilitator of a partner names the data controller."),
    )
    project = locked(partner.project)
    if project.state != Project.State.DRAFT:
        raise Refusal(_("People were told who answers for the data. That stays as it is."))
    if partner.waiting_since is not None:
        raise Refusal(_("This organisation has not said yes yet."))
    Partner.objects.filter(project=project).update(controller=False)
    partner.controller = True
    partner.save(update_fields=["controller"])
    _record(events.CONTROLLER_NAMED, partner, now)


def _waiting(partner: Partner) -> Partner:
    asked = Partner.objects.select_for_update(no_key=True).filter(
        ref=partner.ref, waiting_since__isnull=False
    )
    found = asked.first()
    if found is None:
        raise Refusal(_("This has been answered already."))
    return found


def _record(event: Event, partner: Partner, now: datetime) -> None:
    facts = {"organisation": str(partner.organisation_id)}
    record(event, about=partner.ref, project=partner.project_id, facts=facts, now=now)
