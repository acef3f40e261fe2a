"""Reading notes back, making voices of those that are right, and slips for who said them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.listen.rooms import forms, handing, queries, services, shown
from goldenthread.listen.rooms.models import Note, Room
from goldenthread.listen.rooms.permissions import may_run
from goldenthread.listen.rooms.views import late
from goldenthread.listen.voices.forms import Keyed
from goldenthread.projects.access import permitted_project, there
from goldenthread.projects.poster import make_slips
from goldenthread.projects.queries import current_terms
from goldenthread.projects.speaker import Request


@require_http_methods(["GET", "POST"])
def read_back(request: Request, project: str, room_code: str) -> HttpResponse:
    """Show one note large, and ask those present if it is right."""
    found, act = _room(request, project, room_code), request.POST.get("act", "")
    if act == "change":
        return _change(request, found)
    if found.state != Room.State.CONFIRMING:
        return redirect("rooms:room", project, found.code)
    if request.method == "POST":
        return _answer(request, found, act)
    notes = queries.notes_of(found)
    waiting = [each for each in notes if not each.note.right]
    if not waiting:
        return redirect("rooms:finish", project, found.code)
    return _show(request, found, waiting[0], left=len(waiting))


def _answer(request: Request, room: Room, act: str) -> HttpResponse:
    """Do what those present said of the note that was read out to them, in those words alone."""
    note = _note(request, room)
    given: dict[str, Any] = {"by": request.user, "note": note, "now": clock.now()}
    if note is None:
        messages.info(request, _("This note was left out already."))
    elif note.edition != request.POST.get("seen"):
        messages.info(request, services.NOTE_CHANGED)
    elif act == "out":
        services.leave_out(**given)
        messages.success(request, _("Left out. It is gone."))
    elif act == "right":
        services.say_right(slip=bool(request.POST.get("slip")), **given)
    return redirect("rooms:back", room.project.address, room.code)


def _note(request: Request, room: Room) -> Note | None:
    number = forms.number_in(request.POST.get("number", ""))
    return None if number is None else queries.note_in(room, number)


def _change(request: Request, room: Room) -> HttpResponse:
    """Put a note in the words they want; what was typed too late is given back."""
    note, form = _note(request, room), forms.ChangeNote(request.POST)
    valid = form.is_valid()
    if note is None or room.state == Room.State.DONE:
        return late.not_saved(request, room, request.POST.get("text", ""))
    if valid and note.edition != request.POST.get("seen"):
        form.add_error("text", services.NOTE_CHANGED)
    elif valid:
        with form.refusals():
            services.change_note(by=request.user, note=note, now=clock.now(), **form.cleaned_data)
            messages.success(request, _("Changed. Read it out once more."))
            return redirect("rooms:back", room.project.address, room.code)
    notes = queries.notes_of(room)
    shown_now = next((each for each in notes if each.number == note.number), None)
    if shown_now is None:
        return late.not_saved(request, room, request.POST.get("text", ""))
    left = sum(not each.note.right for each in notes)
    return _show(request, room, shown_now, left=left, change=form)


def _show(
    request: Request, room: Room, note: queries.ReadNote, *, left: int, change: Any = None
) -> HttpResponse:
    context = shown.around(room.project) | {
        "room": room,
        "note": note,
        "left": left,
        "right": forms.SayRight(),
        "change": change or forms.ChangeNote(initial={"text": note.text}),
        "form": change,
    }
    return page(request, "rooms/read_back.html", context)


@require_http_methods(["GET", "POST"])
def finish(request: Request, project: str, room_code: str) -> HttpResponse:
    """Show what becomes a voice, and let it become one."""
    found, now = _room(request, project, room_code), clock.now()
    if found.state not in (Room.State.CONFIRMING, Room.State.DONE):
        return redirect("rooms:room", project, found.code)
    form = Keyed(request.POST or None, project=found.project, now=now)
    if form.is_valid():
        with form.refusals():
            handed = services.confirm(
                by=request.user,
                room=found,
                form_key=form.key,
                seen=request.POST.get("seen", ""),
                now=now,
            )
            return handing.over(found, handed, now=now)
    if found.state == Room.State.DONE:
        return redirect("rooms:room", project, found.code)
    return page(request, "rooms/finish.html", _to_send(found) | {"form": form})


def _to_send(room: Room) -> dict[str, Any]:
    notes = queries.notes_of(room)
    return shown.around(room.project) | {
        "room": room,
        "right": [each for each in notes if each.note.right],
        "waiting": [each for each in notes if not each.note.right],
        "seen": queries.edition_of_notes(each.note for each in notes),
        "present": shown.present(queries.present_in(room)),
    }


@require_http_methods(["GET", "POST"])
def slips(request: Request, project: str, room_code: str) -> HttpResponse:
    """Lead to the slips to print, for ten minutes and in this browser only."""
    found = _room(request, project, room_code)
    if request.method == "POST":
        return handing.put_away(redirect("rooms:room", project, found.code), found)
    handed = handing.taken(request, found, now=clock.now())
    if handed is None:
        return redirect("rooms:room", project, found.code)
    context = shown.around(found.project) | {
        "room": found,
        "numbers": [number for number, _code in handed.codes],
        "terms": current_terms(found.project),
    }
    return page(request, "rooms/slips.html", context)


@require_GET
def slips_pdf(request: Request, project: str, room_code: str) -> HttpResponse:
    """Give the slips as PDF."""
    found = _room(request, project, room_code)
    handed = handing.taken(request, found, now=clock.now())
    if handed is None or not handed.codes:
        return redirect("rooms:room", project, found.code)
    content = make_slips(shown.slips_for(found, handed))
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = 'inline; filename="slips.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer


def _room(request: Request, project: str, room_code: str) -> Room:
    return there(queries.room_in(permitted_project(request, project, may_run), room_code))
