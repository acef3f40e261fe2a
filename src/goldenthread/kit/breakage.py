"""What the log says when a page breaks: the kind of error, the route, our line; never a word."""

import logging
from collections.abc import Callable

from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404, HttpRequest, HttpResponse

from goldenthread.kit.logs import where

ANSWERED = (Http404, PermissionDenied, SuspiciousOperation)  # pages of their own
log = logging.getLogger("goldenthread.breakage")


class BreakageMiddleware:
    """Note that a page broke; Django's own report would hold what people sent."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> None:
        """Log it, and leave the answer to others."""
        if isinstance(error, ANSWERED):
            return
        route = request.resolver_match.view_name if request.resolver_match else ""
        log.error("a page broke: %s on %s at %s", type(error).__name__, route, where(error))
