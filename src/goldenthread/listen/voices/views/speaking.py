"""The box, and what is handed over after sending."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.voices import forms, handing, offers, services
from goldenthread.listen.voices.offers import Offer
from goldenthread.listen.voices.similar import similar
from goldenthread.people.accounts.models import Person
from goldenthread.people.receipts import qr
from goldenthread.projects import hours
from goldenthread.projects.access import may_see, project_for
from goldenthread.projects.models import Project
from goldenthread.projects.permissions import may_see_board
from goldenthread.projects.queries import at_short, current_terms, listening
from goldenthread.projects.rota import shifts_of
from goldenthread.projects.speaker import Request
from goldenthread.safety.equality.queries import is_asking


@require_GET
def short(request: Request, short: str) -> HttpResponse:
    """Lead from a short address to the box of its project or strand."""
    found = at_short(short)
    if found is None or not may_see(request.speaker, found[0]):
        raise Http404
    project, strand = found
    href = reverse("voices:speak", kwargs={"project": project.address})
    return redirect(f"{href}?strand={strand.short}" if strand else href)


@require_http_methods(["GET", "POST"])
def speak(request: Request, project: str) -> HttpResponse:
    """Say something; what we promise stands before the box."""
    found, now = project_for(request, project), clock.now()
    box = listening(found, now=now)
    if not box.is_open:
        context = _around(found) | {"box": box, "written": _written(request)}
        context["may_read"] = may_see_board(request.speaker, found, now=now)
        return page(request, "voices/closed.html", context)
    offer = offers.offer_to(request.speaker, found, box=box)
    form = _form(request, offer)
    if aside := ASIDE.get(request.POST.get("act", "")):
        return aside(request, offer, form)
    if form.is_valid():
        with form.refusals():
            known: dict[str, Any] = {"project": found, "form_key": form.key, "from_draft": True}
            said = services.speak(by=request.speaker, **known, now=now, **form.said)
            same = form.cleaned_data["receipt"] == forms.SAME
            handed = handing.handed_of(said.voice, said.code, same=same)
            return handing.over(found, handed, now=now)
    return _box(request, offer, form)


def _written(request: Request) -> str:
    """All words that came too late, to be copied."""
    return "\n\n".join(filter(None, map(request.POST.get, forms.Speak.WORDS)))


def _form(request: Request, offer: Offer) -> forms.Speak:
    """The form as it was sent; else with the member's draft, or empty."""
    if request.method == "POST":
        return forms.Speak(request.POST, offer=offer, now=clock.now())
    initial = {"strand": request.GET.get("strand", "")[:6]} | dict(offer.draft)
    return forms.Speak(initial=initial, offer=offer, now=clock.now())


def _box(request: Request, offer: Offer, form: forms.Speak, **more: Any) -> HttpResponse:
    strand = offers.strand_at(offer.project, str(form["strand"].value() or ""))
    context = _around(offer.project) | {
        "offer": offer,
        "form": form,
        "strand": strand,
        **offers.when_read(offer.box.next_reading, offer.box.gap, now=clock.now()),
    }
    return page(request, "voices/speak.html", context | more)


def _around(project: Project) -> dict[str, Any]:
    return {"project": project, "organisation": project.organisation, "neutral_title": True}


def _look(request: Request, offer: Offer, form: forms.Speak) -> HttpResponse:
    """Show what others said about the same; what is being written stays as it is."""
    written = form.written
    context = {"found": similar(offer.project, str(written["text"])), "looked": True}
    context |= {"project": offer.project}
    if request.headers.get("HX-Request"):
        return render(request, "voices/similar.html", context)
    fresh = forms.Speak(initial=written, offer=offer, now=clock.now())
    return _box(request, offer, fresh, **context)


def _save(request: Request, offer: Offer, form: forms.Speak) -> HttpResponse:
    """Keep a member's draft; a guest's words stay in the form."""
    if not isinstance(request.speaker, Person):
        messages.info(request, _("We can keep it for you only when you have signed in."))
        fresh = forms.Speak(initial=form.written, offer=offer, now=clock.now())
        return _box(request, offer, fresh)
    never = ("form_key", "quote")  # consent is given on sending, to what is shown then
    written = {name: value for name, value in form.written.items() if name not in never}
    services.save_draft(by=request.speaker, project=offer.project, written=written, now=clock.now())
    messages.success(request, _("Kept. It is here when you come back, for 30 days."))
    return redirect("voices:speak", project=offer.project.address)


ASIDE = {"look": _look, "save": _save}


@require_http_methods(["GET", "POST"])
def sent(request: Request, project: str) -> HttpResponse:
    """Show the receipt to the browser that sent the words, until it is put away."""
    found, now = project_for(request, project), clock.now()
    if request.method == "POST":
        return handing.put_away(redirect("pages:project", project=found.address), found)
    handed = handing.taken(request, found, now=now)
    if handed is None:
        return redirect("pages:project", project=found.address)
    week = shifts_of(found)
    context = _around(found) | {
        "handed": handed,
        "picture": qr.svg(handed.code) if handed.code else "",
        **offers.when_read(hours.next_of(week, now=now), hours.gap_ahead(week, now=now), now=now),
        "terms": current_terms(found),
        "asks": is_asking(found),
    }
    return page(request, "voices/sent.html", context)
