"""Requests about data, for the people who answer for an organisation."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import Form, posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import may_administer
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects.speaker import Request
from goldenthread.safety.requests import forms, permissions, queries, services, shown
from goldenthread.safety.requests.models import DataRequest


@require_GET
def requests(request: Request, organisation: str) -> HttpResponse:
    """List what is to be answered, or what was."""
    here = _answered_for(request, organisation)
    answered = "answered" in request.GET
    order = queries.ANSWERED_ORDER if answered else queries.OPEN_ORDER
    rows = queries.requests_of(here, answered=answered)
    listed = keyset(rows, order=order, query=request.GET)
    context = shown.listed(here, listed, answered=answered, today=clock.today())
    return page(request, "requests/list.html", context)


@require_http_methods(["GET", "POST"])
def letter(request: Request, organisation: str) -> HttpResponse:
    """Note a request that came by letter, by phone or in person."""
    here = _answered_for(request, organisation)
    form = forms.LogLetter(posted(request))
    if form.is_valid():
        with form.refusals():
            made = services.log_letter(
                by=request.user, organisation=here, **form.cleaned_data, now=clock.now()
            )
            return redirect("requests:request", here.address, made.ref)
    return page(request, "requests/letter.html", {"organisation": here, "form": form})


@require_http_methods(["GET", "POST"])
def controller(request: Request, organisation: str) -> HttpResponse:
    """Say who answers for the data of the organisation, and on which basis."""
    here = _answered_for(request, organisation)
    if not may_administer(request.speaker, here, now=clock.now()):
        raise Http404
    said = queries.data_protection_of(here)
    given = {name: getattr(said, name) for name in forms.Controller.base_fields}
    form = forms.Controller(posted(request), organisation=here, initial=given)
    if form.is_valid():
        services.describe_controller(
            by=request.user, organisation=here, **form.cleaned_data, now=clock.now()
        )
        messages.success(request, _("Saved. The notice for people says this now."))
        return redirect("requests:controller", here.address)
    return page(request, "requests/controller.html", {"organisation": here, "form": form})


@require_GET
def request_page(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Show one request, and what can be done."""
    return _show(request, *_asked(request, organisation, asked))


@require_POST
def acknowledge(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Say that it arrived."""
    return _act(request, organisation, asked, services.acknowledge)


@require_POST
def resume(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Let the clock run again."""
    return _act(request, organisation, asked, services.resume)


@require_POST
def carry_out(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Erase what was asked to be erased."""
    return _act(request, organisation, asked, services.carry_out)


@require_POST
def hold_back(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Hold back what the person said."""
    return _act(request, organisation, asked, services.hold_back)


@require_POST
def use_again(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """End that it is held back."""
    return _act(request, organisation, asked, services.use_again)


@require_POST
def pause(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Stop the clock until the person answers."""
    return _fill(request, organisation, asked, "pause_form", forms.Pause, services.pause)


@require_POST
def extend(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Take two further months."""
    return _fill(request, organisation, asked, "extend_form", forms.Extend, services.extend)


@require_POST
def answer(request: Request, organisation: str, asked: UUID) -> HttpResponse:
    """Answer."""
    return _fill(request, organisation, asked, "answer_form", forms.Answer, services.answer)


def _answered_for(request: Request, address: str) -> Organisation:
    found = organisation_at(address, visible_to=request.speaker)
    if found is None or not permissions.may_answer(request.speaker, found, now=clock.now()):
        raise Http404
    return found


def _asked(request: Request, address: str, ref: UUID) -> tuple[Organisation, DataRequest]:
    here = _answered_for(request, address)
    found = queries.request_in(here, ref)
    if found is None:
        raise Http404
    return here, found


def _act(request: Request, address: str, ref: UUID, deed: Callable[..., Any]) -> HttpResponse:
    here, found = _asked(request, address, ref)
    deed(by=request.user, request=found, now=clock.now())
    return redirect("requests:request", here.address, found.ref)


def _fill(  # noqa: PLR0917  one line a page
    request: Request,
    address: str,
    ref: UUID,
    name: str,
    shape: type[Form],
    deed: Callable[..., Any],
) -> HttpResponse:
    here, found = _asked(request, address, ref)
    form = shape(request.POST)
    if form.is_valid():
        with form.refusals():
            deed(by=request.user, request=found, **form.cleaned_data, now=clock.now())
            return redirect("requests:request", here.address, found.ref)
    return _show(request, here, found, **{name: form})


def _show(request: Request, here: Organisation, found: DataRequest, **tried: Form) -> HttpResponse:
    blank = {
        "pause_form": forms.Pause(),
        "extend_form": forms.Extend(),
        "answer_form": forms.Answer(),
    }
    context = shown.one(here, found, today=clock.today()) | blank | tried
    return page(
        request, "requests/request.html", context | {"form": next(iter(tried.values()), None)}
    )
