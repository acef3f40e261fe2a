"""The rooms of a project, and what everyone sees of one that is done."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.rooms import queries, shown
from goldenthread.listen.rooms.agendas import agendas
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.rooms.permissions import may_run, may_see_room
from goldenthread.projects.access import project_for, there
from goldenthread.projects.speaker import Request

NEXT = {Room.State.PLANNED: "rooms:prepare", Room.State.OPEN: "rooms:run"}


@require_GET
def short(request: Request, room_code: str) -> HttpResponse:
    """Lead from the code on a slip to the page of its room."""
    found = there(queries.room_at(room_code))
    if not may_see_room(request.speaker, found, now=clock.now()):
        raise Http404
    return redirect("rooms:room", found.project.address, found.code)


@require_GET
def all_rooms(request: Request, project: str) -> HttpResponse:
    """Show the rooms that were held; to those who run them also the ones to come."""
    found = project_for(request, project)
    runs = may_run(request.speaker, found, now=clock.now())
    context = shown.around(found) | {"agendas": agendas(), "may_run": runs}
    lists = shown.all_lists(found, request.GET, runs=runs)
    return page(request, "rooms/list.html", context | lists)


@require_GET
def room(request: Request, project: str, room_code: str) -> HttpResponse:
    """Show a room that is done; lead those who run one to where it stands."""
    found = there(queries.room_in(project_for(request, project), room_code))
    if not may_see_room(request.speaker, found, now=clock.now()):
        raise Http404
    if found.state != Room.State.DONE:
        at = NEXT.get(Room.State(found.state), "rooms:back")
        return redirect(at, found.project.address, found.code)
    return page(request, "rooms/room.html", shown.done_page(found, request.speaker))
