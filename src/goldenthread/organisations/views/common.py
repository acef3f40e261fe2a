"""What the pages of this room share: who asks, and fetching through them."""

from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.organisations import queries
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import may_administer


def speaker_of(request: HttpRequest) -> Any:
    """Return who asks: a person or a guest."""
    return cast("Any", request).speaker


def visible(request: HttpRequest, address: str) -> Organisation:
    """Return the organisation if the speaker may know of it; else 404."""
    found = queries.organisation_at(address, visible_to=speaker_of(request))
    if found is None:
        raise Http404
    return found


def administered(request: HttpRequest, address: str) -> Organisation:
    """Return the organisation to its administrators; to everyone else it is not there."""
    found = visible(request, address)
    if not may_administer(speaker_of(request), found, now=clock.now()):
        raise Http404
    return found


def or_404(found: Any) -> Any:
    """Return what was found; 404 if that is nothing."""
    if found is None:
        raise Http404
    return found


def to(name: str, organisation: Organisation, **more: object) -> HttpResponse:
    """Lead to a page of the organisation."""
    return redirect(
        reverse(f"organisations:{name}", kwargs={"organisation": organisation.address, **more})
    )
