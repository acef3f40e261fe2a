"""Handing slips over: once, to this browser, for ten minutes; nothing of them stays with us."""

from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.rooms.services import Handed

COOKIE: Final = "slips"
MINUTES: Final = 10


def over(room: Room, handed: Handed, *, now: datetime) -> HttpResponseRedirect:
    """Lead on to the page of the slips, which this browser alone can print."""
    answer = redirect("rooms:slips", room.project.address, room.code)
    until = int(now.timestamp()) + MINUTES * 60
    codes = [[number, code.replace("-", "")] for number, code in handed.codes]
    path, seconds = _path(room), MINUTES * 60
    cookies.keep_sealed(answer, COOKIE, [until, codes], about=room.ref, path=path, seconds=seconds)
    return answer


def taken(request: HttpRequest, room: Room, *, now: datetime) -> Handed | None:
    """Return the slips that were handed to this browser for this room, while they last."""
    until, codes = cookies.sealed_in(request, COOKIE, about=room.ref, values=2) or (0, [])
    if now.timestamp() >= until:
        return None
    return Handed(tuple((number, _grouped(code)) for number, code in codes))


def put_away(answer: HttpResponse, room: Room) -> HttpResponse:
    """Take the slips out of this browser."""
    return cookies.drop(answer, COOKIE, path=_path(room))


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _path(room: Room) -> str:
    return reverse("rooms:slips", args=[room.project.address, room.code])
