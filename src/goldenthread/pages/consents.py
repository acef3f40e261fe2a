"""What an author agreed to about their own words, and taking it back."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.forms import posted
from goldenthread.kit.pages import page
from goldenthread.listen.voices import queries as voices
from goldenthread.listen.voices import services
from goldenthread.pages import forms
from goldenthread.pages.own import back_to, own_voice
from goldenthread.people.receipts import qr
from goldenthread.projects.speaker import Request
from goldenthread.safety.consent.wordings import REACH, today


@require_POST
def quote(request: Request, voice: UUID) -> HttpResponse:
    """Let one's words be quoted elsewhere: a yes to the sentence beside the button."""
    speaker, found = own_voice(request, voice)
    form = forms.LetQuote(request.POST)
    if form.is_valid():
        given = form.cleaned_data
        services.let_quote(by=speaker, voice=found, **given, now=clock.now())
        messages.success(request, _("Thank you. We may quote your words now."))
    return back_to(speaker, found)


@require_POST
def stop_quoting(request: Request, voice: UUID) -> HttpResponse:
    """Take back that one's words may be quoted."""
    speaker, found = own_voice(request, voice)
    services.stop_quoting(by=speaker, voice=found, now=clock.now())
    said = _(
        "From now on we do not quote your words. What was printed before, we cannot take back."
    )
    messages.success(request, said)
    return back_to(speaker, found)


@require_http_methods(["GET", "POST"])
def be_unknown(request: Request, voice: UUID) -> HttpResponse:
    """Take back that the support team knows who it was, after saying what that means."""
    speaker, found = own_voice(request, voice)
    if found.known_as != found.KnownAs.SUPPORT:
        raise Http404
    alone = speaker.is_member and found.receipt_id is None
    form = forms.BeUnknown(posted(request), alone=alone)
    context = {"project": found.project, "voice": found, "neutral_title": True}
    if form.is_valid():
        given = form.cleaned_data
        code = services.be_unknown(by=speaker, voice=found, **given, now=clock.now())
        if code:
            shown = {"code": code, "picture": qr.svg(code)}
            return page(request, "pages/only_receipt.html", context | shown)
        messages.success(request, _("The support team cannot see who you are any more."))
        return redirect("pages:my_voices" if speaker.is_member else "pages:receipt")
    context |= {"form": form, "by_account": speaker.is_member, "alone": alone}
    context |= {"statement": today(REACH), "looked": bool(voices.looks_at_author(found))}
    return page(request, "pages/be_unknown.html", context)
