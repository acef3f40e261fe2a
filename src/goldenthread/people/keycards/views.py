"""Signing in with a printed card: its code first, then the six figures. No link alone does it."""

import json
from typing import Any, cast
from uuid import UUID

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from cryptography.fernet import InvalidToken
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.kit.sealing import seal, unseal
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import keep_this_session_only
from goldenthread.people.keycards import forms, queries, services

OPENED = "keycard"  # key of the session: the code of a card was right
LASTS = 15 * 60  # seconds
GET_POST = require_http_methods(["GET", "POST"])


@GET_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Take the code of a card. A picture that a phone reads fills it in, and no more."""
    if request.user.is_authenticated:
        return redirect("accounts:account")
    form = forms.SignIn(posted(request))
    if form.is_valid():
        with form.refusals():
            now = clock.now()
            card = services.open_with(code=form.cleaned_data["code"], now=now)
            until = now.timestamp() + LASTS
            request.session[OPENED] = seal(json.dumps([str(card.ref), until])).decode()
            return redirect("keycards:number")
    return page(request, "keycards/sign_in.html", {"form": form, "neutral_title": True})


@GET_POST
def number(request: HttpRequest) -> HttpResponse:
    """Take the six figures that only the owner knows, or let them choose some the first time."""
    card = _opened(request)
    if card is None or request.user.is_authenticated:
        return redirect("keycards:sign_in")
    first = not queries.number_stands_for(card)
    form = forms.ChooseNumber(posted(request)) if first else forms.TypeNumber(posted(request))
    if form.is_valid():
        with form.refusals():
            act = services.choose_number if first else services.let_in
            person = act(card=card, number=form.cleaned_data["number"], now=clock.now())
            answer: HttpResponse = perform_login(request, Login(user=person))
            return answer
    context = {"form": form, "first": first, "neutral_title": True}
    return page(request, "keycards/number.html", context)


def _opened(request: HttpRequest) -> UUID | None:
    """Return the card of which the code was right, a short while ago."""
    try:
        ref, until = json.loads(unseal(str(request.session.get(OPENED, "")).encode()))
    except (InvalidToken, ValueError):
        return None
    return UUID(ref) if clock.now().timestamp() <= until else None


@login_required
@GET_POST
def own(request: HttpRequest) -> HttpResponse:
    """Show somebody until when their own card works; let them stop it."""
    person = cast("Person", cast("Any", request).user)
    card = queries.card_of(person)
    if card is None:
        raise Http404
    if request.method == "POST":
        services.stop_own(by=person, now=clock.now())
        keep_this_session_only(request, person)
        return redirect("accounts:account")
    context = {
        "card": card,
        "works": queries.works(card, now=clock.now()),
        "has_address": bool(person.email),
    }
    return page(request, "keycards/own.html", context)
