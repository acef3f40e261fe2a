"""Pages of an organisation's settings, for its administrators, and the doors for those who join."""

from dataclasses import astuple
from typing import Any, cast
from uuid import UUID

from django.conf import settings as site
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.paging import keyset
from goldenthread.kit.refusals import Refusal
from goldenthread.organisations import colours, forms, lists, queries, services
from goldenthread.organisations.models import Organisation
from goldenthread.organisations.permissions import (
    may_administer,
    may_found,
    may_join_by_email,
)

GET_POST = require_http_methods(["GET", "POST"])
FOREVER = "public, max-age=31536000, immutable"
PREVIEW_LASTS = 30 * 60  # seconds


def _speaker(request: HttpRequest) -> Any:
    return cast("Any", request).speaker


def _visible(request: HttpRequest, address: str) -> Organisation:
    found = queries.organisation_at(address, visible_to=_speaker(request))
    if found is None:
        raise Http404
    return found


def _administered(request: HttpRequest, address: str) -> Organisation:
    """Return the organisation to its administrators; to everyone else it is not there."""
    found = _visible(request, address)
    if not may_administer(_speaker(request), found, now=clock.now()):
        raise Http404
    return found


def _or_404(found: Any) -> Any:
    if found is None:
        raise Http404
    return found


def _to(name: str, organisation: Organisation, **more: object) -> HttpResponse:
    return redirect(
        reverse(f"organisations:{name}", kwargs={"organisation": organisation.address, **more})
    )


@GET_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin an organisation."""
    speaker = _speaker(request)
    if not may_found(speaker, now=clock.now()):
        raise Http404
    form = forms.Found(posted(request))
    if form.is_valid():
        with form.refusals():
            made = services.found(by=speaker, **form.cleaned_data, now=clock.now())
            return _to("help_lines", made)
    return page(request, "organisations/new.html", {"form": form})


@require_GET
def logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """Serve the logo that we drew."""
    png = queries.logo_of(_visible(request, organisation))
    return HttpResponse(_or_404(png), content_type="image/png", headers={"Cache-Control": FOREVER})


@require_GET
def accent_css(request: HttpRequest, organisation: str) -> HttpResponse:
    """Serve the colour as a stylesheet of its own: nothing is ever written into pages."""
    css = colours.stylesheet(_visible(request, organisation).accent)
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": FOREVER})


@GET_POST
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who asks; joining itself needs the button, and an account."""
    invitation = queries.invitation_for(secret, today=clock.today())
    if invitation is None:
        return page(request, "organisations/no_invitation.html", status=404)
    speaker, organisation = _speaker(request), invitation.organisation
    if request.method == "POST" and speaker.is_member:
        services.accept_invitation(by=speaker, invitation=invitation, now=clock.now())
        return redirect("pages:organisation", organisation=organisation.address)
    next_ = urlencode({"next": request.path})
    context = {
        "organisation": organisation,
        "is_member": queries.is_member(speaker, organisation),
        "sign_up": f"{reverse('account_signup')}?{next_}",
        "sign_in": f"{reverse('account_login')}?{next_}",
    }
    return page(request, "organisations/join.html", context)


@GET_POST
def join_by_email(request: HttpRequest, organisation: str) -> HttpResponse:
    """Join because the address one signed in with belongs to the organisation."""
    found, speaker = _visible(request, organisation), _speaker(request)
    if not may_join_by_email(speaker, found):
        raise Http404
    if request.method == "POST":
        services.join_by_email(by=speaker, organisation=found, now=clock.now())
        return redirect("pages:organisation", organisation=found.address)
    context = {"organisation": found, "is_member": queries.is_member(speaker, found)}
    return page(request, "organisations/join.html", context)


@GET_POST
def settings(request: HttpRequest, organisation: str) -> HttpResponse:
    """Name, kind, nation, language: and the way to all other settings."""
    found = _administered(request, organisation)
    names = ("name", "about", "kind", "nation", "language", "listed")
    given = {name: getattr(found, name) for name in names}
    form = forms.Settings(posted(request), initial=given)
    if form.is_valid():
        services.change_settings(
            by=_speaker(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return _to("settings", found)
    stale = queries.stale_help_lines(found, today=clock.today()).exists()
    context = {"organisation": found, "form": form, "stale": stale}
    return page(request, "organisations/settings.html", context)


def _look(request: HttpRequest, found: Organisation, **filled: Any) -> HttpResponse:
    context = {
        "organisation": found,
        "accent_form": forms.Accent(initial={"accent": found.accent}),
        "logo_form": forms.Logo(),
        **filled,
    }
    form = filled.get("accent_form") or filled.get("logo_form") or context["accent_form"]
    return page(request, "organisations/look.html", {**context, "form": form})


@GET_POST
def look(request: HttpRequest, organisation: str) -> HttpResponse:
    """Colour and logo."""
    found = _administered(request, organisation)
    if request.method == "GET":
        return _look(request, found)
    form = forms.Accent(request.POST)
    if form.is_valid():
        with form.refusals():
            services.change_accent(
                by=_speaker(request), organisation=found, **form.cleaned_data, now=clock.now()
            )
            return _to("look", found)
    return _look(request, found, accent_form=form)


@require_POST
def change_logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """Take a new logo."""
    found = _administered(request, organisation)
    form = forms.Logo(request.POST, request.FILES)
    if form.is_valid():
        with form.refusals():
            services.change_logo(
                by=_speaker(request),
                organisation=found,
                upload=form.cleaned_data["logo"],
                now=clock.now(),
            )
            return _to("look", found)
    return _look(request, found, logo_form=form)


@require_POST
def remove_logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """Go back to the mark of the product."""
    found = _administered(request, organisation)
    services.remove_logo(by=_speaker(request), organisation=found, now=clock.now())
    return _to("look", found)


@GET_POST
def labels(request: HttpRequest, organisation: str) -> HttpResponse:
    """The broad labels that people may let travel with their words."""
    found = _administered(request, organisation)
    form = forms.Label(posted(request))
    if form.is_valid():
        with form.refusals():
            services.add_label(
                by=_speaker(request), organisation=found, **form.cleaned_data, now=clock.now()
            )
            return _to("labels", found)
    context = {"organisation": found, "form": form, "labels": queries.labels_of(found)}
    return page(request, "organisations/labels.html", context)


@require_POST
def remove_label(request: HttpRequest, organisation: str, label: UUID) -> HttpResponse:
    """Stop offering a label."""
    found = _administered(request, organisation)
    one = _or_404(queries.label_of(found, label))
    services.remove_label(by=_speaker(request), label=one, now=clock.now())
    return _to("labels", found)


@GET_POST
def help_lines(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who people can call, and when somebody last checked."""
    found = _administered(request, organisation)
    form = forms.HelpLine(posted(request))
    if form.is_valid():
        services.add_help_line(
            by=_speaker(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return _to("help_lines", found)
    lines = list(queries.help_lines_of(found))
    oldest = clock.today() - queries.STALE_AFTER
    shown = [(line, line.verified_on < oldest) for line in lines]
    context = {"organisation": found, "form": form, "lines": shown}
    context["stale"] = any(stale for _, stale in shown)
    return page(request, "organisations/help_lines.html", context)


@GET_POST
def help_line(request: HttpRequest, organisation: str, line: UUID) -> HttpResponse:
    """Correct a help line."""
    found = _administered(request, organisation)
    one = _or_404(queries.help_line_of(found, line))
    given = {name: getattr(one, name) for name in ("name", "number", "hours", "ages")}
    form = forms.HelpLine(posted(request), initial=given)
    if form.is_valid():
        services.change_help_line(
            by=_speaker(request), line=one, **form.cleaned_data, now=clock.now()
        )
        return _to("help_lines", found)
    context = {"organisation": found, "form": form, "line": one}
    return page(request, "organisations/help_line.html", context)


@require_POST
def check_line(request: HttpRequest, organisation: str, line: UUID) -> HttpResponse:
    """Say that a line was tried today."""
    found = _administered(request, organisation)
    one = _or_404(queries.help_line_of(found, line))
    services.verify_help_line(by=_speaker(request), line=one, now=clock.now())
    return _to("help_lines", found)


@require_POST
def remove_line(request: HttpRequest, organisation: str, line: UUID) -> HttpResponse:
    """Take a line off the list."""
    found = _administered(request, organisation)
    one = _or_404(queries.help_line_of(found, line))
    services.remove_help_line(by=_speaker(request), line=one, now=clock.now())
    return _to("help_lines", found)


@require_GET
def people(request: HttpRequest, organisation: str) -> HttpResponse:
    """Who belongs here, and in which roles."""
    found = _administered(request, organisation)
    members = keyset(
        queries.people_of(found), order=("person__name", "ref"), query=request.GET, size=25
    )
    context = {"organisation": found, "members": members, "today": clock.today()}
    return page(request, "organisations/people.html", context)


@GET_POST
def person(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """One member: their roles, a new one, and suspending."""
    found = _administered(request, organisation)
    one = _or_404(queries.membership_in(found, membership))
    form = forms.GiveRole(posted(request), initial={"starts_on": clock.today()})
    if form.is_valid():
        with form.refusals():
            services.give_role(
                by=_speaker(request), membership=one, **form.cleaned_data, now=clock.now()
            )
            return _to("person", found, membership=one.ref)
    context = {"organisation": found, "member": one, "form": form, "today": clock.today()}
    return page(request, "organisations/person.html", context)


@require_POST
def suspend(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Take all roles and doors away for now."""
    found = _administered(request, organisation)
    one = _or_404(queries.membership_in(found, membership))
    services.suspend(by=_speaker(request), membership=one, now=clock.now())
    return _to("person", found, membership=one.ref)


@require_POST
def restore(request: HttpRequest, organisation: str, membership: UUID) -> HttpResponse:
    """Let a suspended member back in."""
    found = _administered(request, organisation)
    one = _or_404(queries.membership_in(found, membership))
    services.restore(by=_speaker(request), membership=one, now=clock.now())
    return _to("person", found, membership=one.ref)


@GET_POST
def end_role(request: HttpRequest, organisation: str, role: UUID) -> HttpResponse:
    """End a role on a day."""
    found = _administered(request, organisation)
    one = _or_404(queries.role_in(found, role))
    form = forms.EndRole(posted(request), initial={"ends_on": one.ends_on or clock.today()})
    if form.is_valid():
        with form.refusals():
            services.end_role(by=_speaker(request), role=one, **form.cleaned_data, now=clock.now())
            return _to("person", found, membership=one.membership_id)
    context = {"organisation": found, "form": form, "role": one}
    return page(request, "organisations/end_role.html", context)


@GET_POST
def invitations(request: HttpRequest, organisation: str) -> HttpResponse:
    """Links that let people join; a new one is shown once, and only here."""
    found = _administered(request, organisation)
    today = clock.today()
    form = forms.Invite(posted(request), initial=forms.Invite.from_today(today))
    link = ""
    if form.is_valid():
        with form.refusals():
            secret = services.invite(
                by=_speaker(request), organisation=found, **form.cleaned_data, now=clock.now()
            )
            link = site.SITE_URL + reverse("organisations:join", args=[secret])
    context = {"organisation": found, "form": form, "link": link}
    context["invitations"] = queries.invitations_of(found, today=today)
    return page(request, "organisations/invitations.html", context)


@require_POST
def revoke(request: HttpRequest, organisation: str, invitation: UUID) -> HttpResponse:
    """Make a link stop working."""
    found = _administered(request, organisation)
    one = _or_404(queries.invitation_of(found, invitation))
    services.revoke(by=_speaker(request), invitation=one, now=clock.now())
    return _to("invitations", found)


@GET_POST
def domains(request: HttpRequest, organisation: str) -> HttpResponse:
    """Which e-mail addresses may join by themselves."""
    found = _administered(request, organisation)
    given = {"domains": "\n".join(found.email_domains)}
    form = forms.Domains(posted(request), initial=given)
    if form.is_valid():
        services.set_email_domains(
            by=_speaker(request), organisation=found, **form.cleaned_data, now=clock.now()
        )
        return _to("domains", found)
    return page(request, "organisations/domains.html", {"organisation": found, "form": form})


@GET_POST
def upload_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Read a list and show what it would do; nothing is saved and the file is not kept."""
    found = _administered(request, organisation)
    form = forms.Upload(posted(request), request.FILES or None)
    context: dict[str, Any] = {"organisation": found, "form": form}
    if form.is_valid():
        read = lists.read(form.cleaned_data["people"])
        known = queries.members_by_email(found, [row.email for row in read.rows])
        context |= {
            "read": read,
            "known": len(known),
            "fresh": len(read.rows) - len(known),
            "sealed": _sealed(found, read.rows),
        }
        return page(request, "organisations/list_preview.html", context)
    return page(request, "organisations/list.html", context)


@require_POST
def save_list(request: HttpRequest, organisation: str) -> HttpResponse:
    """Save the list that was shown, exactly as it was shown."""
    found = _administered(request, organisation)
    rows = _unsealed(found, request.POST.get("rows", ""))
    services.upload_list(by=_speaker(request), organisation=found, rows=rows, now=clock.now())
    return _to("people", found)


def _salt(organisation: Organisation) -> str:
    return f"organisations.list.{organisation.ref}"


def _sealed(organisation: Organisation, rows: list[lists.Row]) -> str:
    """Carry the rows in the page: signed, so that what was seen is what is saved."""
    return signing.dumps([astuple(row) for row in rows], salt=_salt(organisation), compress=True)


def _unsealed(organisation: Organisation, sealed: str) -> list[lists.Row]:
    try:
        rows = signing.loads(sealed, salt=_salt(organisation), max_age=PREVIEW_LASTS)
    except signing.BadSignature:
        raise Refusal("This preview is too old. Please choose the file again.") from None
    return [lists.Row(*row) for row in rows]
