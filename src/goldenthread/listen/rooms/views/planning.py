"""Planning a room: what, when, where, and its steps."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.rooms import forms, queries, services, shown
from goldenthread.listen.rooms.agendas import agenda_at
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.rooms.permissions import may_run
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.queries import links_of
from goldenthread.projects.speaker import Request

MOVES = {"up": False, "down": True}


@require_http_methods(["GET", "POST"])
def new(request: Request, project: str) -> HttpResponse:
    """Plan a room."""
    found = permitted_project(request, project, may_run)
    form = forms.PlanRoom(request.POST or None, project=found, initial=_begun(request))
    if form.is_valid():
        with form.refusals():
            room = services.plan_room(
                by=request.user, project=found, **form.cleaned_data, now=clock.now()
            )
            return redirect("rooms:prepare", found.address, room.code)
    context = shown.around(found) | {"form": form, "crumbs": shown.crumbs(found)}
    return page(request, "rooms/new.html", context)


def _begun(request: Request) -> dict[str, Any]:
    """What an agenda that was chosen on the page before fills in."""
    chosen = agenda_at(request.GET.get("agenda", ""))
    if chosen is None:
        return {}
    return {"agenda": chosen.key, "kind": chosen.kind, "title": chosen.title}


@require_http_methods(["GET", "POST"])
def prepare(request: Request, project: str, room_code: str) -> HttpResponse:
    """Show a planned room with its steps, and open it on this device."""
    found = _planned(request, project, room_code)
    if request.method == "POST" and request.POST.get("act") == "drop":
        services.drop_room(by=request.user, room=found, now=clock.now())
        messages.success(request, _("The room is dropped."))
        return redirect("rooms:list", project)
    if request.method == "POST":
        services.open_room(by=request.user, room=found, now=clock.now())
        return redirect("rooms:run", project, found.code)
    return _prepare(request, found)


@require_POST
def about(request: Request, project: str, room_code: str) -> HttpResponse:
    """Change the title, day, place or strand of a planned room."""
    found = _planned(request, project, room_code)
    form = forms.AboutRoom(
        request.POST, project=found.project, auto_id="about_%s", initial=_said(found)
    )
    if form.is_valid():
        with form.refusals():
            services.change_room(by=request.user, room=found, **form.cleaned_data, now=clock.now())
            return redirect("rooms:prepare", project, found.code)
    return _prepare(request, found, about=form)


@require_POST
def step(request: Request, project: str, room_code: str) -> HttpResponse:
    """Add, change, move or remove one step."""
    found, act = _planned(request, project, room_code), request.POST.get("act", "add")
    number = forms.number_in(request.POST.get("at", ""))
    at = len(found.steps) if number is None else number
    given: dict[str, Any] = {"by": request.user, "room": found, "now": clock.now()}
    if act in MOVES or act == "remove":
        _rearrange(act, at, given)
        return redirect("rooms:prepare", project, found.code)
    changes = act == "change" and at < len(found.steps)
    form = forms.AboutStep(request.POST, auto_id=f"step{at}_%s" if changes else "add_%s")
    if form.is_valid():
        with form.refusals():
            if changes:
                services.change_step(at=at, step=form.step, **given)
            else:
                services.add_step(step=form.step, **given)
            return redirect("rooms:prepare", project, found.code)
    return _prepare(request, found, at=at, **{"changed" if changes else "add": form})


def _rearrange(act: str, at: int, given: dict[str, Any]) -> None:
    if act in MOVES:
        services.move_step(at=at, down=MOVES[act], **given)
    else:
        services.remove_step(at=at, **given)


def _planned(request: Request, project: str, room_code: str) -> Room:
    """Return a room that is still planned, for those who run rooms."""
    found = there(queries.room_in(permitted_project(request, project, may_run), room_code))
    return there(found if found.state == Room.State.PLANNED else None)


def _said(room: Room) -> dict[str, Any]:
    return {
        "title": room.title,
        "on": room.on,
        "place": room.place,
        "strand": str(room.strand_id or ""),
    }


def _prepare(request: Request, room: Room, *, at: int | None = None, **given: Any) -> HttpResponse:
    own = forms.AboutRoom(project=room.project, initial=_said(room), auto_id="about_%s")
    context = shown.around(room.project) | {
        "room": room,
        "crumbs": shown.crumbs(room.project),
        "steps": shown.steps_to_change(room, at=at, form=given.get("changed")),
        "minutes": shown.minutes_of(room.steps),
        "add": forms.AboutStep(auto_id="add_%s"),
        "about": own,
        "links": links_of(room.project),
        "form": next(iter(given.values()), None),
    }
    return page(request, "rooms/prepare.html", context | given)
