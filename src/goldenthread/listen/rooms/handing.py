"""Handing slips over: once, to this browser, for ten minutes; nothing of them stays with us."""

import json
from datetime import datetime
from typing import Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.kit.sealing import seal, unseal
from goldenthread.listen.rooms.models import Room
from goldenthread.listen.rooms.services import Handed

COOKIE: Final = "slips"
MINUTES: Final = 10


def over(room: Room, handed: Handed, *, now: datetime) -> HttpResponseRedirect:
    """Lead on to the page of the slips, which this browser alone can print."""
    answer = redirect("rooms:slips", room.project.address, room.code)
    until = int(now.timestamp()) + MINUTES * 60
    codes = [[number, code.replace("-", "")] for number, code in handed.codes]
    answer.set_cookie(
        COOKIE,
        seal(json.dumps([room.ref.hex, until, codes], separators=(",", ":"))).decode(),
        max_age=MINUTES * 60,
        path=_path(room),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    return answer


def taken(request: HttpRequest, room: Room, *, now: datetime) -> Handed | None:
    """Return the slips that were handed to this browser for this room, while they last."""
    try:
        ref, until, codes = json.loads(unseal(request.COOKIES.get(COOKIE, "").encode()))
    except (InvalidToken, ValueError):
        return None
    if ref != room.ref.hex or now.timestamp() >= until:
        return None
    return Handed(tuple((number, _grouped(code)) for number, code in codes))


def put_away(answer: HttpResponse, room: Room) -> HttpResponse:
    """Take the slips out of this browser."""
    answer.delete_cookie(COOKIE, path=_path(room), samesite="Strict")
    return answer


def _grouped(code: str) -> str:
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def _path(room: Room) -> str:
    return reverse("rooms:slips", args=[room.project.address, room.code])
