"""Pages of signing in, of the own account, and (restyled from allauth) of second factors."""

import json
from collections.abc import Callable
from dataclasses import asdict
from typing import Any, cast

from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from csp.constants import NONE, UNSAFE_INLINE
from csp.decorators import csp
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.people.accounts import forms, mailbox, second_factor, services, ways
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.second_factor import has_second_factor, needs_second_factor

ASKED = "sign_in"  # key of the session: a code was asked for
ADDING = "add_address"  # the same, for an address that an account gets
NEXT = "sign_in_next"  # where to go afterwards
WORK = "/needs-you/"  # what waits for somebody, on a page of a room above
View = Callable[..., HttpResponse]
GET_POST = require_http_methods(["GET", "POST"])


def _ask(request: HttpRequest, form: forms.SignIn, template: str, *, joining: bool) -> HttpResponse:
    """Ask for a code: signing in and joining look the same from here on."""
    if request.user.is_authenticated:
        return _already(request)
    if form.is_valid():
        with form.refusals():
            given = form.cleaned_data
            asked = services.ask_for_code(**given, joining=joining, now=clock.now())
            request.session[ASKED] = asdict(asked)
            request.session[NEXT] = _safe(request.GET.get("next", ""))
            return redirect("accounts:code")
    context = {"form": form, "next": _safe(request.GET.get("next", "")), "ways": ways.offered()}
    context["was_asked"] = "asked" in request.GET
    return page(request, template, context)


def _already(request: HttpRequest) -> HttpResponse:
    """Send someone who is signed in on; while the example is tried, offer its other people."""
    going = _safe(request.GET.get("next", ""))
    if request.method == "GET" and not going and second_factor.may_be_waived():
        return page(request, "accounts/switch.html")
    return redirect(going or settings.LOGIN_REDIRECT_URL)


@GET_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for the address, and send a code to it."""
    form = forms.SignIn(posted(request))
    return _ask(request, form, "accounts/sign_in.html", joining=False)


@GET_POST
def sign_up(request: HttpRequest) -> HttpResponse:
    """Ask for a name as well; the account is made once the address is proved."""
    form = forms.SignUp(posted(request))
    return _ask(request, form, "accounts/sign_up.html", joining=True)


@GET_POST
def code(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail and let the person in."""
    kept = request.session.get(ASKED)
    if not kept or request.user.is_authenticated:
        return redirect("account_login")
    asked = services.Asked(**kept)
    form = forms.Code(posted(request))
    if form.is_valid():
        with form.refusals():
            person = services.try_code(asked=asked, **form.cleaned_data, now=clock.now())
            del request.session[ASKED]
            login = Login(user=person, redirect_url=request.session.get(NEXT) or None)
            answer: HttpResponse = perform_login(request, login)
            return answer
    if form.errors:
        request.session[ASKED] = {**kept, "misses": asked.misses + 1}
    context = {"form": form, "email": asked.shown_to(), "joining": asked.joining}
    context["mailbox"] = mailbox.is_here()
    return page(request, "accounts/code.html", context)


@GET_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session on the server; asked first, so that no link alone can do it."""
    if request.method == "POST":
        logout(request)
        return redirect("/")
    return page(request, "accounts/sign_out.html")


@login_required
@require_POST
def sign_out_elsewhere(request: HttpRequest) -> HttpResponse:
    """End all other sessions of this person."""
    services.keep_this_session_only(request, _person(request))
    return redirect("accounts:account")


@login_required
@GET_POST
def account(request: HttpRequest) -> HttpResponse:
    """Show and change what we keep about the person."""
    person = _person(request)
    given = {key: getattr(person, key) for key in forms.Details.base_fields}
    form = forms.Details(posted(request), initial=given)
    if form.is_valid():
        services.change_details(by=person, **form.cleaned_data, now=clock.now())
        answer = redirect("accounts:account")
        answer.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            person.language,
            httponly=True,
            secure=settings.SECURE,
            samesite="Lax",
        )
        return answer
    context = {
        "form": form,
        "email": person.email,
        "has_second_factor": has_second_factor(person),
        "needs_second_factor": needs_second_factor(person),
        "ways": ways.ways_of(person),
    }
    return page(request, "accounts/account.html", context)


@login_required
@GET_POST
def name(request: HttpRequest) -> HttpResponse:
    """Ask those who were invited by their address alone what we call them, and let them go on."""
    person, going = _person(request), _safe(request.GET.get("next", ""))
    form = forms.CallMe(posted(request), initial={"name": person.name})
    if form.is_valid():
        services.call_me(by=person, **form.cleaned_data, now=clock.now())
        return redirect(going or WORK)
    return page(request, "accounts/name.html", {"form": form})


@login_required
@GET_POST
def add_address(request: HttpRequest) -> HttpResponse:
    """Ask for an address where the account has none, and send a code to it."""
    if _person(request).email:
        return redirect("accounts:account")
    form = forms.AddAddress(posted(request))
    if form.is_valid():
        with form.refusals():
            asked = services.ask_for_code(**form.cleaned_data, joining=True, now=clock.now())
            request.session[ADDING] = asdict(asked)
            return redirect("accounts:address_code")
    return page(request, "accounts/add_address.html", {"form": form})


@login_required
@GET_POST
def address_code(request: HttpRequest) -> HttpResponse:
    """Take the code from the mail: now the account has that address."""
    person, kept = _person(request), request.session.get(ADDING)
    if not kept or person.email:
        return redirect("accounts:add_address")
    asked = services.Asked(**kept)
    form = forms.Code(posted(request))
    if form.is_valid():
        with form.refusals():
            services.add_address(by=person, asked=asked, **form.cleaned_data, now=clock.now())
            del request.session[ADDING]
            return redirect("accounts:account")
    if form.errors:
        request.session[ADDING] = {**kept, "misses": asked.misses + 1}
    context = {"form": form, "email": asked.shown_to(), "adding": True}
    context["mailbox"] = mailbox.is_here()
    return page(request, "accounts/code.html", context)


@login_required
@GET_POST
def close(request: HttpRequest) -> HttpResponse:
    """Close the account for good, after saying what stays and what goes."""
    form = forms.Close(posted(request))
    if form.is_valid():
        person = _person(request)
        services.close_account(by=person, now=clock.now())
        logout(request)
        return page(request, "accounts/closed.html")
    return page(request, "accounts/close.html", {"form": form})


@require_GET
def development_mailbox(request: HttpRequest) -> HttpResponse:
    """Show the mails that this installation would have sent. Only in development."""
    if not settings.DEV:
        raise Http404
    return page(request, "accounts/mailbox.html", {"mails": mailbox.newest()})


@require_GET
@csp({"default-src": [NONE], "style-src": [UNSAFE_INLINE], "sandbox": True})  # type: ignore[arg-type]  # its type knows no arguments of views
def development_mail(request: HttpRequest, mail: str) -> HttpResponse:
    """Show one of them as HTML, in a box from which nothing gets out. Only in development."""
    del request
    found = [each for each in mailbox.newest() if each.key == mail] if settings.DEV else []
    if not found:
        raise Http404
    return HttpResponse(found[0].html)


def _person(request: HttpRequest) -> Person:
    """Return who is signed in, behind a page that asks for it."""
    return cast("Person", request.user)


def _safe(url: str) -> str:
    """Return the path if it leads to a page of this site, else nothing."""
    inside = url.startswith("/") and url_has_allowed_host_and_scheme(url, allowed_hosts=None)
    return url if inside else ""


# --- Second factors: allauth does the work, our templates and layout show it.


def _going(request: HttpRequest) -> str:
    """Return where someone was going when we asked for a second factor; else what waits."""
    return _safe(request.session.get(second_factor.GOING, "")) or WORK


def _shown(request: HttpRequest, view: View, **known: Any) -> HttpResponse:
    """Answer with allauth's view, in our layout."""
    answer = view(request, **known)
    if not isinstance(answer, TemplateResponse):
        return answer
    context = {key: value for key, value in (answer.context_data or {}).items() if key != "view"}
    context["options"] = _for_devices(context.get("js_data") or {})
    context["going"] = _going(request)
    return page(request, _first(answer.template_name), context)


def _for_devices(data: dict[str, Any]) -> str:
    """Return what the page's script asks the device for; nothing if there is no passkey to ask for.

    A new passkey is to stay on the device and to check its owner: then it signs in alone.
    """
    options: dict[str, Any] = dict(data.get("creation_options", data.get("request_options", {})))
    asked = dict(options.get("publicKey", {}))
    if "creation_options" in data:
        asked["authenticatorSelection"] = {
            "residentKey": "required",
            "requireResidentKey": True,
            "userVerification": "required",
        }
    elif not asked.get("allowCredentials"):
        return ""
    return json.dumps({**options, "publicKey": asked}, default=dict)


def _first(names: Any) -> str:
    return str(names if isinstance(names, str) else names[0])


def _changing(request: HttpRequest, view: View, **known: Any) -> HttpResponse:
    """Do the same; when a second factor came or went, all other sessions end.

    Whoever has just shown the new one need not show it again for the recovery codes.
    """
    answer = _shown(request, view, **known)
    if request.method == "POST" and isinstance(answer, HttpResponseRedirect):
        services.keep_this_session_only(request, _person(request))
        record_authentication(request, request.user, method="mfa", reauthenticated=True)
    return answer


@login_required
@require_GET
def second_factors(request: HttpRequest) -> HttpResponse:
    """List what the person has, and say so if a role asks for one."""
    person = _person(request)
    missing = not has_second_factor(person) and needs_second_factor(person)
    waived = bool(request.session.get(second_factor.WAIVED)) and second_factor.may_be_waived()
    answer = mfa.index(request)
    more = {"missing": missing and not waived, "going": _going(request)}
    context = answer.context_data | more
    return page(request, "mfa/index.html", context)


@login_required
@GET_POST
def activate_totp(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app."""
    return _changing(request, totp.activate_totp)


@login_required
@GET_POST
def deactivate_totp(request: HttpRequest) -> HttpResponse:
    """Take the authenticator app away."""
    return _changing(request, totp.deactivate_totp)


@login_required
@require_GET
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """Show the codes for the day when the phone is lost."""
    return _shown(request, recovery.view_recovery_codes)


@login_required
@GET_POST
def generate_recovery_codes(request: HttpRequest) -> HttpResponse:
    """Make new codes; the old ones stop working."""
    return _changing(request, recovery.generate_recovery_codes)


@login_required
@require_GET
def passkeys(request: HttpRequest) -> HttpResponse:
    """List the passkeys."""
    return _shown(request, webauthn.list_webauthn)


@login_required
@GET_POST
def add_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey that can sign in by itself."""
    return _changing(request, webauthn.add_webauthn)


@login_required
@GET_POST
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a passkey away."""
    return _changing(request, webauthn.remove_webauthn, pk=pk)


@GET_POST
def sign_in_with_passkey(request: HttpRequest) -> HttpResponse:
    """Hand out a challenge, and take the answer of the device."""
    return _shown(request, webauthn.login_webauthn)


@GET_POST
def authenticate(request: HttpRequest) -> HttpResponse:
    """Ask for the second factor while signing in."""
    return _shown(request, mfa.authenticate)


@login_required
@GET_POST
def reauthenticate(request: HttpRequest) -> HttpResponse:
    """Ask for it again before something that matters."""
    return _shown(request, mfa.reauthenticate)


@login_required
@GET_POST
def reauthenticate_with_passkey(request: HttpRequest) -> HttpResponse:
    """Ask for the passkey again before something that matters."""
    return _shown(request, webauthn.reauthenticate_webauthn)
