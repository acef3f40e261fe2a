"""Handing a receipt over: once, to this browser, for ten minutes; nothing of it stays with us."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Literal, cast

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.listen.voices.models import Voice
from goldenthread.projects.models import Project
from goldenthread.safety.equality.inviting import invite
from goldenthread.safety.equality.queries import is_asking
from goldenthread.safety.reading.models import Words

COOKIE: Final = "sent"
MINUTES: Final = 10
How = Literal["new", "same", "none", "paper"]


@dataclass(frozen=True)
class Handed:
    """What the next page shows: a new receipt, that there is none, or that another one holds it."""

    how: How
    code: str = field(default="", repr=False)
    linked: bool = False  # a member finds it in My voices
    softer: bool = False  # help is offered in other words; the same help


def handed_of(voice: Voice, code: str | None, *, same: bool) -> Handed:
    """Say what is handed over for a voice: its new code, the receipt that is open, or none."""
    linked, softer = voice.author_id is not None, voice.words.lane == Words.Lane.FIRST
    if code:
        return Handed("new", code, linked, softer)
    how: How = "same" if same and voice.receipt_id is not None else "none"
    return Handed(how, linked=linked, softer=softer)


def over(
    project: Project, handed: Handed, *, now: datetime, query: str = ""
) -> HttpResponseRedirect:
    """Lead on to the page that shows the receipt, which this browser alone can open."""
    answer = redirect(f"{_path(project, handed.how)}{query}")
    until = int(now.timestamp()) + MINUTES * 60
    cookies.keep_sealed(
        answer,
        COOKIE,
        [until, handed.how, handed.code, handed.linked, int(handed.softer)],
        about=project.ref,
        path=_path(project, handed.how),
        seconds=MINUTES * 60,
    )
    if handed.how != "paper" and is_asking(project):
        invite(answer, project, now=now)
    return answer


def taken(request: HttpRequest, project: Project, *, now: datetime) -> Handed | None:
    """Return what was handed over to this browser for this project, while it lasts."""
    inside = cookies.sealed_in(request, COOKIE, about=project.ref, values=5)
    if inside is None:
        return None
    until, how, code, linked, softer = inside
    if now.timestamp() >= until:
        return None
    return Handed(cast("How", how), code, linked, bool(softer))


def put_away(answer: HttpResponse, project: Project, how: How = "new") -> HttpResponse:
    """Take the receipt out of this browser."""
    return cookies.drop(answer, COOKIE, path=_path(project, how))


def _path(project: Project, how: How) -> str:
    """Where a receipt is shown: one from paper beside the next form, all others on their page."""
    name = "voices:paper" if how == "paper" else "voices:sent"
    return reverse(name, kwargs={"project": project.address})
