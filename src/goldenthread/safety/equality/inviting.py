"""The invitation to answer: for this browser, right after speaking, once, for an hour."""

import secrets
from datetime import datetime
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.kit.sealing import keyed
from goldenthread.projects.models import Project
from goldenthread.safety.equality.models import Spent

COOKIE: Final = "about"
SECONDS: Final = 60 * 60


def invite(answer: HttpResponse, project: Project, *, now: datetime) -> None:
    """Give this browser an invitation; it holds no link to what was said."""
    inside = [secrets.token_hex(16), int(now.timestamp()) + SECONDS]
    path = _path(project)
    cookies.keep_sealed(answer, COOKIE, inside, about=project.ref, path=path, seconds=SECONDS)


def invitation(request: HttpRequest, project: Project, *, now: datetime) -> bytes | None:
    """Return the mark of an invitation that can be used; none if there is none any more."""
    inside = cookies.sealed_in(request, COOKIE, about=project.ref, values=2)
    if inside is None:
        return None
    nonce, until = inside
    if now.timestamp() >= until:
        return None
    mark = keyed("about", nonce)
    return None if Spent.objects.filter(mark=mark).exists() else mark


def used(answer: HttpResponse, project: Project) -> HttpResponse:
    """Take the invitation out of this browser."""
    return cookies.drop(answer, COOKIE, path=_path(project))


def _path(project: Project) -> str:
    return reverse("equality:about_you", kwargs={"project": project.address})
