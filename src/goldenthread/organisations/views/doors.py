"""Beginning an organisation, joining one, and the two small files that give it its looks."""

from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock, colour
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.organisations import forms, queries, services
from goldenthread.organisations.inviting import purpose_of
from goldenthread.organisations.permissions import may_found, may_join_by_email
from goldenthread.organisations.views.common import or_404, speaker_of, to, visible

GET_POST = require_http_methods(["GET", "POST"])
FOREVER = "public, max-age=31536000, immutable"


@GET_POST
def new(request: HttpRequest) -> HttpResponse:
    """Begin an organisation."""
    speaker = speaker_of(request)
    if not may_found(speaker, now=clock.now()):
        raise Http404
    form = forms.Found(posted(request))
    if form.is_valid():
        with form.refusals():
            made = services.found(by=speaker, **form.cleaned_data, now=clock.now())
            return to("help_lines", made)
    return page(request, "organisations/new.html", {"form": form})


@require_GET
def logo(request: HttpRequest, organisation: str) -> HttpResponse:
    """Serve the logo that we drew."""
    png = queries.logo_of(visible(request, organisation))
    return HttpResponse(or_404(png), content_type="image/png", headers={"Cache-Control": FOREVER})


@require_GET
def accent_css(request: HttpRequest, organisation: str) -> HttpResponse:
    """Serve the colour as a stylesheet of its own: nothing is ever written into pages."""
    css = colour.stylesheet(visible(request, organisation).accent)
    return HttpResponse(css, content_type="text/css", headers={"Cache-Control": FOREVER})


@GET_POST
def join(request: HttpRequest, secret: str) -> HttpResponse:
    """Show who asks; joining itself needs the button, and an account."""
    invitation = queries.invitation_for(secret, today=clock.today())
    if invitation is None:
        return page(request, "organisations/no_invitation.html", status=404)
    speaker, organisation = speaker_of(request), invitation.organisation
    if request.method == "POST" and speaker.is_member:
        services.accept_invitation(by=speaker, invitation=invitation, now=clock.now())
        return redirect("pages:organisation", organisation=organisation.address)
    next_ = urlencode({"next": request.path})
    context = {
        "organisation": organisation,
        "invitation": invitation,
        "purpose": purpose_of(invitation),
        "is_member": queries.is_member(speaker, organisation),
        "sign_up": f"{reverse('account_signup')}?{next_}",
        "sign_in": f"{reverse('account_login')}?{next_}",
    }
    return page(request, "organisations/join.html", context)


@GET_POST
def join_by_email(request: HttpRequest, organisation: str) -> HttpResponse:
    """Join because the address one signed in with belongs to the organisation."""
    found, speaker = visible(request, organisation), speaker_of(request)
    if not may_join_by_email(speaker, found):
        raise Http404
    if request.method == "POST":
        services.join_by_email(by=speaker, organisation=found, now=clock.now())
        return redirect("pages:organisation", organisation=found.address)
    context = {"organisation": found, "is_member": queries.is_member(speaker, found)}
    return page(request, "organisations/join.html", context)
