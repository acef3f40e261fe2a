"""Cookies of ours: for the pages below one path, hidden from scripts, and sent to no other site.

A sealed one holds a few values about one thing; for another thing it is as if it were not there.
"""

import json
from collections.abc import Sequence
from typing import Any, Literal
from uuid import UUID

from cryptography.fernet import InvalidToken
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from goldenthread.kit.sealing import seal, unseal

SameSite = Literal["Strict", "Lax"]


def keep(
    answer: HttpResponse,
    name: str,
    value: str,
    *,
    path: str,
    seconds: int | None,
    samesite: SameSite = "Strict",
) -> None:
    """Put a value in the browser; with no length, until it closes."""
    answer.set_cookie(
        name,
        value,
        max_age=seconds,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite=samesite,
    )


def keep_sealed(
    answer: HttpResponse,
    name: str,
    values: Sequence[Any],
    *,
    about: UUID,
    path: str,
    seconds: int | None,
    samesite: SameSite = "Strict",
) -> None:
    """Put values about one thing in the browser, which it can neither read nor change."""
    inside = json.dumps([about.hex, *values], separators=(",", ":"))
    sealed = seal(inside).decode()
    keep(answer, name, sealed, path=path, seconds=seconds, samesite=samesite)


def sealed_in(request: HttpRequest, name: str, *, about: UUID, values: int) -> list[Any] | None:
    """Return so many values about that thing; none where there is no such cookie of ours."""
    try:
        ref, *inside = json.loads(unseal(request.COOKIES.get(name, "").encode()))
    except (InvalidToken, ValueError, TypeError):
        return None
    return inside if ref == about.hex and len(inside) == values else None


def drop(
    answer: HttpResponse, name: str, *, path: str, samesite: SameSite = "Strict"
) -> HttpResponse:
    """Take a cookie out of the browser."""
    answer.delete_cookie(name, path=path, samesite=samesite)
    return answer
