"""Answering with a page: one way for all rooms."""

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

Around = Callable[[HttpRequest, Mapping[str, Any]], dict[str, Any]]
_around: list[Around] = []


def around(give: Around) -> Around:
    """Register what stands around every page (name, help lines), told by the page's own context."""
    _around.append(give)
    return give


def page(
    request: HttpRequest,
    template: str,
    context: Mapping[str, Any] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    """Render `template` with what stands around it; nothing of it is kept by a browser or proxy."""
    inside = dict(context or {})
    outside: dict[str, Any] = {}
    for give in _around:
        outside |= give(request, inside)
    answer = render(request, template, outside | inside, status=status)
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer


def part(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    """Render a part of a page, which a script asked for and puts in place of the old one."""
    answer = render(request, template, dict(context))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def wants_part(request: HttpRequest) -> bool:
    """Whether a script of ours asks for the part alone. Other sites cannot send this."""
    return "X-Part" in request.headers
