"""Refusing in words written for people."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.kit.text import Text


class Refusal(Exception):
    """An act that cannot be done, with the sentence to show. `field` names the answer at fault."""

    def __init__(self, message: Text, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = str(message)
        self.field = field


class RefusalMiddleware:
    """Turn a refusal that no form caught into a page of its own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer with the refusal's own words; anything else is not ours."""
        if not isinstance(error, Refusal):
            return None
        return render(request, "kit/refused.html", {"message": error.message}, status=409)
