"""A class speaks: the sheet for whoever holds it, and the turns of pupils at a shared device."""

from typing import Any

from django.contrib.auth import logout
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.voices import forms_class, offers, queries_class, services, turns
from goldenthread.listen.voices.models import ClassSession
from goldenthread.listen.voices.permissions import may_bring_in
from goldenthread.listen.voices.ways import others_for
from goldenthread.people.receipts import qr
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.queries import current_terms, listening
from goldenthread.projects.rota import next_reading
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def classes(request: Request, project: str) -> HttpResponse:
    """Start a class, and see those that run."""
    found, now = permitted_project(request, project, may_bring_in), clock.now()
    form = forms_class.StartClass(request.POST or None, project=found)
    if form.is_valid():
        with form.refusals():
            held = services.start_class(
                by=request.user, project=found, **form.cleaned_data, now=now
            )
            return redirect("voices:class_sheet", found.address, held.code)
    context = {
        "project": found,
        "organisation": found.organisation,
        "form": form,
        "running": queries_class.running(found, now=now),
        "others": others_for(found),
    }
    return page(request, "voices/classes.html", context)


@require_http_methods(["GET", "POST"])
def class_sheet(request: Request, project: str, class_code: str) -> HttpResponse:
    """Show the code of a class, slips to print, and the way to end it."""
    found, now = permitted_project(request, project, may_bring_in), clock.now()
    held = there(queries_class.class_in(found, class_code))
    if request.method == "POST":
        services.end_class(by=request.user, held=held, now=now)
        return redirect("voices:classes", found.address)
    href = request.build_absolute_uri(reverse("voices:class_start", args=[held.code]))
    context = {
        "project": found,
        "organisation": found.organisation,
        "held": held,
        "ended": held.until <= now,
        "href": href,
        "shown_href": href.partition("://")[2],
        "picture": qr.svg(href, title=_("The address of this class as a picture for a phone")),
        "slips": range(8) if held.slips else (),
    }
    return page(request, "voices/class_sheet.html", context)


@require_http_methods(["GET", "POST"])
def class_door(request: Request) -> HttpResponse:
    """Take the code of a class that someone types in."""
    form = forms_class.ClassCode(request.POST or None)
    if form.is_valid():
        return redirect("voices:class_start", form.cleaned_data["code"])
    return page(request, "voices/class_door.html", {"form": form, "neutral_title": True})


@require_http_methods(["GET", "POST"])
def class_start(request: Request, class_code: str) -> HttpResponse:
    """Wait for the next pupil; they begin, and nobody is signed in on the device any more."""
    held, now = _held(class_code), clock.now()
    box = listening(held.project, now=now)
    open_now = box.is_open and held.until > now
    if request.method == "POST" and open_now:
        logout(request)
        return turns.begin(redirect("voices:class_speak", held.code), held, now=now)
    answer = page(request, "voices/class_start.html", _around(held) | {"open_now": open_now})
    return turns.end(answer, held)


@require_http_methods(["GET", "POST"])
def class_speak(request: Request, class_code: str) -> HttpResponse:
    """Take what one pupil says in their turn."""
    held, now = _held(class_code), clock.now()
    turn = turns.taken(request, held, now=now)
    if turn is None or turn.spoken or request.POST.get("turn", turn.key) != turn.key:
        return redirect("voices:class_start", held.code)
    form = forms_class.InClass(request.POST or None, held=held, now=now, initial={"turn": turn.key})
    if form.is_valid():
        with form.refusals():
            said = services.speak_in_turn(held=held, form_key=form.key, **form.said, now=now)
            answer = redirect("voices:class_done", held.code)
            return turns.spoke(answer, held, turn, code=said.code or "")
    context = {"form": form, "terms": current_terms(held.project), "reading": _reading(held)}
    return page(request, "voices/class_speak.html", _around(held) | context)


@require_http_methods(["GET"])
def class_done(request: Request, class_code: str) -> HttpResponse:
    """Thank the pupil, and show the receipt to copy, until the device is handed on."""
    held = _held(class_code)
    turn = turns.taken(request, held, now=clock.now())
    if turn is None or not turn.spoken:
        return redirect("voices:class_start", held.code)
    context = {"code": turn.code, "reading": _reading(held), "terms": current_terms(held.project)}
    return page(request, "voices/class_done.html", _around(held) | context)


@require_POST
def class_next(request: Request, class_code: str) -> HttpResponse:
    """Hand the device on: nothing of this turn stays on it."""
    held = _held(class_code)
    request.session.flush()
    return turns.end(redirect("voices:class_start", held.code), held)


def _held(code: str) -> ClassSession:
    found = queries_class.class_at(code)
    if found is None:
        raise Http404
    return found


def _reading(held: ClassSession) -> str:
    now = clock.now()
    return offers.say_reading(next_reading(held.project, now=now), now=now) or _("not known yet")


def _around(held: ClassSession) -> dict[str, Any]:
    project = held.project
    return {
        "project": project,
        "organisation": project.organisation,
        "held": held,
        "neutral_title": True,
    }
