"""What the pages for staff show of requests."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from goldenthread.kit.shapes import FilterGroup, FilterOption
from goldenthread.kit.text import say_day
from goldenthread.organisations.models import Organisation
from goldenthread.safety.requests import queries
from goldenthread.safety.requests.models import DataRequest

Kind = DataRequest.Kind


def listed(
    here: Organisation, rows: Iterable[DataRequest], *, answered: bool, today: date
) -> dict[str, Any]:
    """Return the list of requests."""
    address = reverse("requests:list", args=[here.address])
    options = [
        FilterOption(_("To answer"), address, not answered),
        FilterOption(_("Answered"), f"{address}?answered", answered),
    ]
    return {
        "organisation": here,
        "listed": rows,
        "rows": [(each, queries.is_late(each, today=today)) for each in rows],
        "answered": answered,
        "tabs": [FilterGroup(_("Requests"), options)],
    }


def one(here: Organisation, request: DataRequest, *, today: date) -> dict[str, Any]:
    """Return one request with what is sealed in it, its facts, and what can be done."""
    is_open = request.answered_on is None
    return {
        "organisation": here,
        "asked": request,
        "opened": queries.opened(request),
        "late": queries.is_late(request, today=today),
        "facts": _facts(request),
        "is_open": is_open,
        "may_erase": is_open
        and request.kind == Kind.ERASURE
        and request.carried_out_on is None
        and bool(request.person_id or request.receipt_id),
        "may_hold_back": is_open
        and request.kind in DataRequest.HOLDS
        and request.carried_out_on is None
        and bool(request.person_id or request.receipt_id),
        "held_back": len(queries.held_back_for(request)),
        "may_extend": is_open
        and request.extended_on is None
        and request.kind != Kind.COMPLAINT
        and request.due_on >= today,
    }


def _facts(request: DataRequest) -> list[tuple[str, str]]:
    said = [
        (_("Who asks"), _who(request)),
        (_("Arrived"), say_day(request.received_on)),
        (_("Answer by"), say_day(request.due_on)),
    ]
    for label, day in (
        (_("Acknowledged"), request.acknowledged_on),
        (_("Stands still since"), request.paused_on),
        (_("Two months more since"), request.extended_on),
        (_("Erased") if request.kind == Kind.ERASURE else _("Held back"), request.carried_out_on),
        (_("Answered"), request.answered_on),
    ):
        if day:
            said.append((label, say_day(day)))
    return said


def _who(request: DataRequest) -> str:
    if request.person is not None:
        return request.person.name or request.person.email
    if request.by_letter:
        return _("Somebody who wrote a letter, phoned or came")
    return _("Somebody with a receipt") if request.receipt_id else _("Their account is closed")
