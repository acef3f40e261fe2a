"""Complaints: made by anyone, answered by the administrators of the organisation."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects.access import there
from goldenthread.projects.speaker import Request
from goldenthread.safety.moderation import forms, permissions, queries, services, shown


@require_http_methods(["GET", "POST"])
def complain(request: Request, organisation: str) -> HttpResponse:
    """Take a complaint from anyone."""
    here = there(organisation_at(organisation, visible_to=request.speaker))
    form = forms.Complain(posted(request))
    context = {"organisation": here, "form": form, "neutral_title": True}
    if form.is_valid():
        with form.refusals():
            done = services.complain(organisation=here, **form.cleaned_data, now=clock.now())
            context |= {"complaint": done.complaint, "code": done.code}
            return page(request, "moderation/complained.html", context)
    return page(request, "moderation/complain.html", context)


@require_GET
def complaints(request: Request, organisation: str) -> HttpResponse:
    """List the complaints to an organisation."""
    here = _administered(request, organisation)
    answered = "answered" in request.GET
    order = ("-answered_on", "ref") if answered else ("acknowledge_by", "ref")
    rows = queries.complaints(here, answered=answered)
    listed = keyset(rows, order=order, query=request.GET)
    context = shown.complaints(here, listed, answered=answered, now=clock.now())
    return page(request, "moderation/complaints.html", context)


@require_http_methods(["GET", "POST"])
def complaint(request: Request, organisation: str, complaint: UUID) -> HttpResponse:
    """Show a complaint, and answer it."""
    here = _administered(request, organisation)
    found = there(queries.complaint_to(here, complaint))
    form = forms.Answer(posted(request))
    if form.is_valid():
        with form.refusals():
            services.answer(
                by=request.user, complaint=found, text=form.cleaned_data["text"], now=clock.now()
            )
            messages.success(request, _("Answered. It stands behind their receipt now."))
            return redirect("moderation:complaints", here.address)
    context = shown.complaint(here, found, now=clock.now())
    return page(request, "moderation/complaint.html", context | {"form": form})


@require_POST
def acknowledge(request: Request, organisation: str, complaint: UUID) -> HttpResponse:
    """Say that a person has read it."""
    here = _administered(request, organisation)
    found = there(queries.complaint_to(here, complaint))
    services.acknowledge(by=request.user, complaint=found, now=clock.now())
    messages.success(request, _("They can see now that someone looks into it."))
    return redirect("moderation:complaint", here.address, found.ref)


def _administered(request: Request, address: str) -> Organisation:
    found = there(organisation_at(address, visible_to=request.speaker))
    if not permissions.may_answer_complaints(request.speaker, found, now=clock.now()):
        raise Http404
    return found
