"""The invitation to answer: for this browser, right after speaking, once, for an hour."""

import json
import secrets
from datetime import datetime
from typing import Final

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.kit.sealing import keyed, seal, unseal
from goldenthread.projects.models import Project
from goldenthread.safety.equality.models import Spent

COOKIE: Final = "about"
SECONDS: Final = 60 * 60


def invite(answer: HttpResponse, project: Project, *, now: datetime) -> None:
    """Give this browser an invitation; it holds no link to what was said."""
    inside = [project.ref.hex, secrets.token_hex(16), int(now.timestamp()) + SECONDS]
    answer.set_cookie(
        COOKIE,
        seal(json.dumps(inside)).decode(),
        max_age=SECONDS,
        path=_path(project),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )


def invitation(request: HttpRequest, project: Project, *, now: datetime) -> bytes | None:
    """Return the mark of an invitation that can be used; none if there is none any more."""
    try:
        sealed = request.COOKIES.get(COOKIE, "").encode()
        ref, nonce, until = json.loads(unseal(sealed))
    except (InvalidToken, ValueError):
        return None
    if ref != project.ref.hex or now.timestamp() >= until:
        return None
    mark = keyed("about", nonce)
    return None if Spent.objects.filter(mark=mark).exists() else mark


def used(answer: HttpResponse, project: Project) -> HttpResponse:
    """Take the invitation out of this browser."""
    answer.delete_cookie(COOKIE, path=_path(project), samesite="Strict")
    return answer


def _path(project: Project) -> str:
    return reverse("equality:about_you", kwargs={"project": project.address})
