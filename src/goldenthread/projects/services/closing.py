"""Closing a project: every partner agrees, nobody alone, and nothing is owed any more."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.gates import missing_to_close
from goldenthread.projects.models import Partner, Project
from goldenthread.projects.services.guards import locked, require
from goldenthread.thread.services import record


@transaction.atomic
def agree_to_close(*, by: Person, partner: Partner, now: datetime) -> None:
    """Agree, for one partner, that the project may close. Nobody agrees for two.

    :raises Refusal: not theirs to agree, not open, or they agreed for another partner
    """
    require(
        allowed=permissions.may_agree_to_close(by, partner, now=now),
        otherwise=_("A co-lead, decision-maker or administrator of that organisation must agree."),
    )
    project = locked(partner.project)
    _require_open(project)
    partner = _joined(partner)
    if partner.agreed_to_close_on is not None:
        return
    if Partner.objects.filter(project=project, agreed_to_close_by=by).exists():
        raise Refusal(
            _("You agreed for another organisation. Somebody else must agree for this one.")
        )
    partner.agreed_to_close_on, partner.agreed_to_close_by = clock.today(now), by
    partner.save(update_fields=["agreed_to_close_on", "agreed_to_close_by"])
    facts = {"organisation": str(partner.organisation_id)}
    record(events.AGREED_TO_CLOSE, about=partner.ref, project=project.ref, facts=facts, now=now)


@transaction.atomic
def take_back_close(*, by: Person, partner: Partner, now: datetime) -> None:
    """Take an agreement back while the project is still open.

    :raises Refusal: not theirs to take back, or the project is closed
    """
    require(
        allowed=permissions.may_agree_to_close(by, partner, now=now),
        otherwise=_(
            "A co-lead, decision-maker or administrator of that organisation must do this."
        ),
    )
    project = locked(partner.project)
    _require_open(project)
    partner = _joined(partner)
    if partner.agreed_to_close_on is None:
        return
    partner.agreed_to_close_on = partner.agreed_to_close_by = None
    partner.save(update_fields=["agreed_to_close_on", "agreed_to_close_by"])
    facts = {"organisation": str(partner.organisation_id)}
    record(events.TOOK_BACK_CLOSE, about=partner.ref, project=project.ref, facts=facts, now=now)


@transaction.atomic
def close(*, by: Person, project: Project, now: datetime) -> Project:
    """Close a project for good.

    :raises Refusal: not theirs to close, a partner has not agreed, or something is owed
    """
    require(
        allowed=permissions.may_close(by, project, now=now),
        otherwise=_("Only an organiser, co-lead or decision-maker of this project may close it."),
    )
    project = locked(project)
    _require_open(project)
    if missing := missing_to_close(project, now=now):
        raise Refusal(" ".join(missing))
    project.state, project.closed_on = Project.State.CLOSED, clock.today(now)
    project.save(update_fields=["state", "closed_on"])
    record(events.CLOSED, about=project.ref, project=project.ref, now=now)
    return project


def _joined(partner: Partner) -> Partner:
    found = (
        Partner.objects.select_for_update(no_key=True)
        .filter(ref=partner.ref, waiting_since=None)
        .first()
    )
    if found is None:
        raise Refusal(_("This organisation does not share the project."))
    return found


def _require_open(project: Project) -> None:
    require(
        allowed=project.state == Project.State.OPEN,
        otherwise=_("Only an open project can be closed."),
    )
