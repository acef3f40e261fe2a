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
from goldenthread.listen.rooms.views import late
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
    found, act = _room(request, project, room_code), request.POST.get("act", "add")
    typed = [request.POST.get(name, "").strip() for name in ("title", "prompt")]
    if found.state != Room.State.PLANNED and any(typed):
        return late.not_saved(request, found, "\n\n".join(filter(None, typed)))
    there(found if found.state == Room.State.PLANNED else None)
    number = forms.number_in(request.POST.get("at", ""))
    at = len(found.steps) if number is None else number
    if act in MOVES or act == "remove":
        return _rearrange(request, found, act, at)
    return _write_step(request, found, act, at)


def _rearrange(request: Request, room: Room, act: str, at: int) -> HttpResponse:
    """Move or remove the step that stood in that place when the page was opened."""
    given: dict[str, Any] = {"by": request.user, "room": room, "at": at, "now": clock.now()}
    if request.POST.get("seen") != room.edition:
        messages.info(request, services.STEPS_CHANGED)
    elif act in MOVES:
        services.move_step(down=MOVES[act], **given)
    else:
        services.remove_step(**given)
    return redirect("rooms:prepare", room.project.address, room.code)


def _write_step(request: Request, room: Room, act: str, at: int) -> HttpResponse:
    """Add a step, or change one; where the steps are others by now, it stands as one to add."""
    others = act == "change" and request.POST.get("seen") != room.edition
    changes = act == "change" and at < len(room.steps) and not others
    form = forms.AboutStep(request.POST, auto_id=f"step{at}_%s" if changes else "add_%s")
    given: dict[str, Any] = {"by": request.user, "room": room, "now": clock.now()}
    valid = form.is_valid()
    if others:
        form.add_error(None, services.STEPS_CHANGED)
        form.add_error(None, _("What you wrote stands under “Add a step”."))
    elif valid:
        with form.refusals():
            if changes:
                services.change_step(at=at, step=form.step, **given)
            else:
                services.add_step(step=form.step, **given)
            return redirect("rooms:prepare", room.project.address, room.code)
    if changes:
        return _prepare(request, room, at=at, changed=form)
    return _prepare(request, room, add=form)


def _room(request: Request, project: str, room_code: str) -> Room:
    return there(queries.room_in(permitted_project(request, project, may_run), room_code))


def _planned(request: Request, project: str, room_code: str) -> Room:
    """Return a room that is still planned, for those who run rooms."""
    found = _room(request, project, room_code)
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
