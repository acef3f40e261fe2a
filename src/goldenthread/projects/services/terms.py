"""Writing the terms: a draft until the project opens, then new versions that say why."""

import secrets
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.accounts.models import Person
from goldenthread.projects import events, permissions
from goldenthread.projects.models import Project, Terms
from goldenthread.projects.sealing import commitment_to
from goldenthread.projects.services.guards import locked, require, require_not_closed
from goldenthread.projects.wording import NAMES, SAY_FIRST
from goldenthread.thread.services import record

MEANWHILE: Final = gettext_lazy(
    "Somebody else changed the terms while you were writing. Their words are below yours. Put "
    "together what is right, then save again."
)


@transaction.atomic
def write_terms(
    *,
    by: Person,
    project: Project,
    question: str,
    can_change: str,
    cannot_change: str,
    who_decides: str,
    risks_accepted: str,
    what_people_get_back: str,
    hear_by: date,
    debrief_on: date,
    change_because: str = "",
    seen: str = "",
    now: datetime,
) -> Terms:
    """Save the draft, or once the project is open seal a new version that says why.

    :raises Refusal: not theirs to write, somebody else wrote meanwhile, or something is missing
    """
    require(
        allowed=permissions.may_write_terms(by, project, now=now),
        otherwise=_("Only those who prepare this project, and who decide in it, write its terms."),
    )
    project = locked(project)
    require_not_closed(project)
    newest = project.terms.order_by("-version").first()
    _refuse_lost_update(newest, seen)
    _check_dates(hear_by, debrief_on)
    terms = newest if newest and newest.sealed_on is None else _next(project, newest)
    terms.question, terms.can_change, terms.cannot_change = question, can_change, cannot_change
    terms.who_decides, terms.risks_accepted = who_decides, risks_accepted
    terms.what_people_get_back = what_people_get_back
    terms.hear_by, terms.debrief_on = hear_by, debrief_on
    terms.written_by, terms.written_on = by, clock.today(now)
    terms.edits += 1
    if project.state == Project.State.OPEN:
        _renew(terms, newest, change_because, now)
    terms.save()
    return terms


def seal(terms: Terms, *, now: datetime) -> None:
    """Seal the words as they stand.

    :raises Refusal: something is still missing
    """
    for name, says in SAY_FIRST.items():
        if not getattr(terms, name):
            raise Refusal(says, field=name)
    terms.salt = secrets.token_bytes(32)
    terms.sealed_on = clock.today(now)
    terms.commitment = commitment_to(terms)


def seal_of(terms: Terms) -> dict[str, str | int]:
    """Return what the record keeps of sealed terms."""
    return {"version": terms.version, "seal": bytes(terms.commitment or b"").hex()}


def edition(terms: Terms | None) -> str:
    """Return which words somebody had before them while writing."""
    return f"{terms.version}.{terms.edits}" if terms else "0.0"


def _renew(terms: Terms, before: Terms | None, because: str, now: datetime) -> None:
    if not because:
        raise Refusal(
            _("Please say why the terms change. Everyone can read it."), field="change_because"
        )
    if before is not None and not _differs(terms, before):
        raise Refusal(_("Nothing is different from the terms in force."))
    terms.change_because = because
    seal(terms, now=now)
    record(
        events.TERMS_CHANGED,
        about=terms.ref,
        project=terms.project_id,
        facts=seal_of(terms),
        now=now,
    )


def _differs(terms: Terms, before: Terms) -> bool:
    return any(
        getattr(terms, name) != getattr(before, name) for name in [*NAMES, "hear_by", "debrief_on"]
    )


def _next(project: Project, newest: Terms | None) -> Terms:
    version = newest.version + 1 if newest else 1
    return Terms(project=project, version=version, salt=secrets.token_bytes(32))


def _refuse_lost_update(newest: Terms | None, seen: str) -> None:
    if seen and seen != edition(newest):
        raise Refusal(MEANWHILE)


def _check_dates(hear_by: date, debrief_on: date) -> None:
    if debrief_on < hear_by:
        raise Refusal(
            _("People hear from you by the day before this one or on it. Choose a later day."),
            field="debrief_on",
        )
