"""Asking about one's own data, and reading the answer."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.organisations.queries import organisation_at
from goldenthread.projects.access import there
from goldenthread.projects.speaker import Request, Speaker, receipt_holder
from goldenthread.safety.requests import forms, permissions, queries, services

NEWEST = ("-received_on", "ref")


@require_http_methods(["GET", "POST"])
def ask(request: Request, organisation: str) -> HttpResponse:
    """Let anyone ask who can be answered; everyone else sees how to get there."""
    found = organisation_at(organisation, visible_to=request.speaker)
    if found is None:
        raise Http404
    form = forms.Ask(request.POST or None)
    asks = request.speaker
    if form.is_valid():
        with form.refusals():
            services.ask(by=asks, organisation=found, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Thank you. We will answer within a month."))
            return redirect("requests:mine" if asks.is_member else "requests:behind_receipt")
    context = {
        "organisation": found,
        "form": form,
        "may_ask": permissions.may_ask(asks),
        "said": queries.data_protection_of(found),
        "neutral_title": True,
    }
    return page(request, "requests/ask.html", context)


@login_required
@require_GET
def mine(request: Request) -> HttpResponse:
    """List what the person has asked, with the answers."""
    return _list(request, request.user, reply_at="requests:reply")


@require_GET
def behind_receipt(request: Request) -> HttpResponse:
    """List what was asked behind the receipt that is open."""
    holder = receipt_holder(request)
    if holder is None:
        return redirect("pages:receipt")
    return _list(request, holder, reply_at="requests:reply_behind_receipt")


@login_required
@require_http_methods(["GET", "POST"])
def reply(request: Request, asked: UUID) -> HttpResponse:
    """Let the person add what we wait for."""
    return _reply(request, request.user, asked, back="requests:mine")


@require_http_methods(["GET", "POST"])
def reply_behind_receipt(request: Request, asked: UUID) -> HttpResponse:
    """Let whoever holds the receipt add what we wait for."""
    holder = receipt_holder(request)
    if holder is None:
        return redirect("pages:receipt")
    return _reply(request, holder, asked, back="requests:behind_receipt")


def _reply(request: Request, speaker: Speaker, ref: UUID, *, back: str) -> HttpResponse:
    found = there(queries.my_request(speaker, ref))
    form = forms.Reply(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.reply(by=speaker, request=found, **form.cleaned_data, now=clock.now())
            messages.success(request, _("Thank you. We have your reply."))
            return redirect(back)
    context = {"asked": found, "form": form, "back": back, "neutral_title": True}
    return page(request, "requests/reply.html", context)


def _list(request: Request, speaker: Speaker, *, reply_at: str) -> HttpResponse:
    listed = keyset(queries.mine(speaker), order=NEWEST, query=request.GET)
    shown = [queries.opened(each) for each in listed]
    context = {"shown": shown, "listed": listed, "reply_at": reply_at, "neutral_title": True}
    return page(request, "requests/mine.html", context)
