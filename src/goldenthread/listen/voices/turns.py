"""Turns at a shared device: what one pupil wrote or was given is gone before the next begins.

A turn lives in one sealed cookie of that device, for that class alone. Without it no page of the
class shows anything, so Back and a form sent again show nothing either.
"""

import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.listen.voices.models import ClassSession

COOKIE: Final = "turn"
MINUTES: Final = 40


@dataclass(frozen=True)
class Turn:
    """One pupil's turn: whether they have spoken, and the receipt to copy, if they wanted one."""

    key: str
    until: int
    spoken: bool = False
    code: str = field(default="", repr=False)


def begin(answer: HttpResponse, held: ClassSession, *, now: datetime) -> HttpResponse:
    """Let the next pupil begin on this device."""
    until = int(now.timestamp()) + MINUTES * 60
    return _keep(answer, held, Turn(secrets.token_hex(8), until))


def taken(request: HttpRequest, held: ClassSession, *, now: datetime) -> Turn | None:
    """Return the turn that runs on this device, if one does."""
    inside = cookies.sealed_in(request, COOKIE, about=held.ref, values=4)
    if inside is None:
        return None
    key, until, spoken, code = inside
    if now.timestamp() >= until:
        return None
    return Turn(key, until, spoken, code)


def spoke(answer: HttpResponse, held: ClassSession, turn: Turn, *, code: str) -> HttpResponse:
    """Note that the pupil has spoken: the box does not open again in this turn."""
    return _keep(answer, held, Turn(turn.key, turn.until, spoken=True, code=code))


def end(answer: HttpResponse, held: ClassSession) -> HttpResponse:
    """Leave nothing of a turn on the device, not even in the browser's memory of pages."""
    cookies.drop(answer, COOKIE, path=_path(held))
    answer.headers["Clear-Site-Data"] = '"cache"'
    return answer


def _keep(answer: HttpResponse, held: ClassSession, turn: Turn) -> HttpResponse:
    cookies.keep_sealed(
        answer,
        COOKIE,
        [turn.key, turn.until, turn.spoken, turn.code],
        about=held.ref,
        path=_path(held),
        seconds=MINUTES * 60,
    )
    return answer


def _path(held: ClassSession) -> str:
    return reverse("voices:class_start", args=[held.code])
