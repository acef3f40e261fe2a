"""A room on the day, on one device: the step on the screen, notes, and who is there."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.rooms import forms, queries, services, shown
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.rooms.permissions import may_run
from goldenthread.listen.rooms.views import late
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.speaker import Request

TAKE_NOTES = (Room.State.OPEN, Room.State.CONFIRMING)


@require_http_methods(["GET", "POST"])
def run(request: Request, project: str, room_code: str) -> HttpResponse:
    """Show the step that is on, and take notes."""
    found = _room(request, project, room_code)
    typed = request.POST.get("text", "").strip()
    if typed and found.state not in TAKE_NOTES:
        return late.not_saved(request, found, typed)
    if found.state != Room.State.OPEN and not typed:
        return redirect("rooms:room", project, found.code)
    form = forms.TakeNote(request.POST or None)
    if form.is_valid():
        with form.refusals():
            services.take_note(by=request.user, room=found, now=clock.now(), **form.cleaned_data)
            if found.state != Room.State.OPEN:
                messages.success(request, _("Saved. Read it back with the others."))
            return redirect("rooms:run", project, found.code)
    return page(request, "rooms/run.html", _at_step(found) | {"form": form})


def _at_step(room: Room) -> dict[str, Any]:
    return shown.around(room.project) | {
        "room": room,
        "step": room.current,
        "number": room.step + 1,
        "many": len(room.steps),
        "last": room.step + 1 >= len(room.steps),
        "notes": queries.notes_of(room, step=room.step),
    }


@require_POST
def go(request: Request, project: str, room_code: str) -> HttpResponse:
    """Go to the step before or after, to the reading back, or back to the steps."""
    found, act = _room(request, project, room_code), request.POST.get("act", "")
    given: dict[str, Any] = {"by": request.user, "now": clock.now()}
    if act in ("before", "after"):
        services.go_to_step(room=found, at=found.step + (1 if act == "after" else -1), **given)
    else:
        services.read_back(room=found, **given)
    return redirect("rooms:room", project, found.code)


@require_http_methods(["GET", "POST"])
def who(request: Request, project: str, room_code: str) -> HttpResponse:
    """Say how many were there, by broad label only."""
    found = _room(request, project, room_code)
    form = forms.CountPresent(request.POST or None, project=found.project)
    if form.is_valid():
        with form.refusals():
            services.count_present(
                by=request.user, room=found, now=clock.now(), **form.cleaned_data
            )
            messages.success(request, _("Counted."))
            return redirect("rooms:who", project, found.code)
    context = shown.around(found.project) | {
        "room": found,
        "crumbs": shown.crumbs(found.project, found),
        "present": shown.present(queries.present_in(found)),
        "form": form,
    }
    return page(request, "rooms/who.html", context)


def _room(request: Request, project: str, room_code: str) -> Room:
    return there(queries.room_in(permitted_project(request, project, may_run), room_code))
