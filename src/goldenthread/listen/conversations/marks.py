"""Who answers: a keyed mark of a member, or of a secret that stays in one browser.

Nothing is put in a browser until its first answer. Two conversations know somebody by two marks,
which cannot be joined.
"""

import secrets
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from goldenthread.kit import cookies
from goldenthread.kit.sealing import keyed
from goldenthread.people.accounts.models import Person
from goldenthread.projects.speaker import Speaker

COOKIE: Final = "answers"
SECONDS: Final = 90 * 24 * 60 * 60


@dataclass(frozen=True)
class Part:
    """Under which mark somebody takes part, and the secret that has to be put in their browser."""

    mark: bytes
    new_secret: str = ""


def mark_of(speaker: Speaker, conversation: UUID, request: HttpRequest) -> bytes | None:
    """Return the mark of a member, or of this browser if it has answered here; else none."""
    if isinstance(speaker, Person):
        return keyed("conversations.member", conversation, speaker.pk)
    secret = _secret_in(request, conversation)
    return _mark(conversation, secret) if secret else None


def begin(speaker: Speaker, conversation: UUID, request: HttpRequest) -> Part:
    """Return the mark as above; a browser that has not answered yet gets a new secret."""
    if mark := mark_of(speaker, conversation, request):
        return Part(mark)
    secret = secrets.token_hex(16)
    return Part(_mark(conversation, secret), secret)


def remember(answer: HttpResponse, project: str, conversation: UUID, part: Part) -> HttpResponse:
    """Put a new secret in the browser, for the pages of this conversation alone."""
    if part.new_secret:
        cookies.keep_sealed(
            answer,
            COOKIE,
            [part.new_secret],
            about=conversation,
            path=_path(project, conversation),
            seconds=SECONDS,
            samesite="Lax",
        )
    return answer


def forget(answer: HttpResponse, project: str, conversation: UUID) -> HttpResponse:
    """Take the secret out of the browser: its answers stay, and nobody leads back to them."""
    return cookies.drop(answer, COOKIE, path=_path(project, conversation), samesite="Lax")


def _secret_in(request: HttpRequest, conversation: UUID) -> str:
    inside = cookies.sealed_in(request, COOKIE, about=conversation, values=1)
    return str(inside[0]) if inside else ""


def _mark(conversation: UUID, secret: str) -> bytes:
    return keyed("conversations.browser", conversation, secret)


def _path(project: str, conversation: UUID) -> str:
    return reverse("conversations:conversation", args=[project, conversation])
