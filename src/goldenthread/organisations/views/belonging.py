"""People, roles, invitation links and lists. For administrators only."""

from dataclasses import astuple
from typing import Any
from uuid import UUID

from django.conf import settings as site
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.carrying import carried, carry
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.organisations import forms, lists, queries, services
from goldenthread.organisations.inviting import purposes_of
from goldenthread.organisations.views.common import administered, or_404, speaker_of, to

GET_POST = require_http_methods(["GET", "POST"])


@require_GET
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who belongs here, and in which roles."""
    found = administered(request, organisation)
    members = keyset(
        queries.people_of(found), order=("person__name", "ref"), query=request.GET, size=25
    )
    context = {"organisation": found, "members": members, "today": clock.today()}
    return page(request, "organisations/people.html", context)


@GET_POST
def person(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """One member: their roles, a new one, and suspending."""
    found = administered(request, organisation)
    one = or_404(queries.membership_in(found, membership))
    form = forms.GiveRole(posted(request), initial={"starts_on": clock.today()})
    if form.is_valid():
        with form.refusals():
            services.give_role(
                by=speaker_of(request), membership=one, **form.cleaned_data, now=clock.now()
            )
            return to("person", found, membership=one.ref)
    context = {"organisation": found, "member": one, "form": form, "today": clock.today()}
    return page(request, "organisations/person.html", context)


@require_POST
def suspend(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Take all roles and doors away for now."""
    found = administered(request, organisation)
    one = or_404(queries.membership_in(found, membership))
    services.suspend(by=speaker_of(request), membership=one, now=clock.now())
    return to("person", found, membership=one.ref)


@require_POST
def restore(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Let a suspended member back in."""
    found = administered(request, organisation)
    one = or_404(queries.membership_in(found, membership))
    services.restore(by=speaker_of(request), membership=one, now=clock.now())
    return to("person", found, membership=one.ref)


@GET_POST
def end_role(request: HttpRequest, organisation: str, role: UUID) -> HttpResponse:
    """End a role on a day."""
    found = administered(request, organisation)
    one = or_404(queries.role_in(found, role))
    form = forms.EndRole(posted(request), initial={"ends_on": one.ends_on or clock.today()})
    if form.is_valid():
        with form.refusals():
            services.end_role(
                by=speaker_of(request), role=one, **form.cleaned_data, now=clock.now()
            )
            return to("person", found, membership=one.membership_id)
    context = {"organisation": found, "form": form, "role": one}
    return page(request, "organisations/end_role.html", context)


@GET_POST
def invitations(request: HttpRequest, organisation: str) -> HttpResponse:
    """Links that let people join; a new one is shown once, and only here."""
    found = administered(request, organisation)
    today = clock.today()
    purposes = [(str(each.ref), each.title) for each in purposes_of(found)]
    form = forms.Invite(posted(request), initial=forms.Invite.from_today(today), purposes=purposes)
    link = ""
    if form.is_valid():
        with form.refusals():
            secret = services.invite(
                by=speaker_of(request), organisation=found, **form.cleaned_data, now=clock.now()
            )
            link = site.SITE_URL + reverse("organisations:join", args=[secret])
    context = {"organisation": found, "form": form, "link": link}
    context["invitations"] = queries.invitations_of(found, today=today)
    return page(request, "organisations/invitations.html", context)


@require_POST
def revoke(request: HttpRequest, organisation: str, invitation: UUID) -> HttpResponse:
    """Make a link stop working."""
    found = administered(request, organisation)
    one = or_404(queries.invitation_of(found, invitation))
    services.revoke(by=speaker_of(request), invitation=one, now=clock.now())
    return to("invitations", found)


@GET_POST
def upload_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Read a list and show what it would do; nothing is saved and the file is not kept."""
    found = administered(request, organisation)
    form = forms.Upload(posted(request), request.FILES or None)
    context: dict[str, Any] = {"organisation": found, "form": form}
    if form.is_valid():
        read = lists.read(form.cleaned_data["people"])
        known = queries.members_by_email(found, [row.email for row in read.rows])
        context |= {
            "read": read,
            "known": len(known),
            "fresh": len(read.rows) - len(known),
            "sealed": carry(list(map(astuple, read.rows)), where=found.ref, now=clock.now()),
        }
        return page(request, "organisations/list_preview.html", context)
    return page(request, "organisations/list.html", context)


@require_POST
def save_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Save the list that was shown, exactly as it was shown."""
    found = administered(request, organisation)
    now = clock.now()
    shown = carried(request.POST.get("rows", ""), where=found.ref, now=now)
    rows = [lists.Row(*row) for row in shown]
    services.upload_list(by=speaker_of(request), organisation=found, rows=rows, now=now)
    return to("people", found)
