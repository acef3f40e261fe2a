"""What somebody typed on one device while another went on: given back, never lost."""

from django.http import HttpResponse

from goldenthread.kit.pages import page
from goldenthread.listen.rooms import shown
from goldenthread.listen.rooms.models import Room
from goldenthread.projects.speaker import Request


def not_saved(request: Request, room: Room, written: str) -> HttpResponse:
    """Show what came too late to be saved, to be copied."""
    context = shown.around(room.project) | {"room": room, "written": written}
    context["crumbs"] = shown.crumbs(room.project, room)
    return page(request, "rooms/not_saved.html", context, status=409)
