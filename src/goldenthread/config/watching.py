"""What is counted of requests: how many, how long, and which pages broke.

Never how often a page was asked for by name: on the page where people speak that would be the
voices of each minute, and who came when.
"""

import logging
import secrets
import time
from bisect import bisect_left
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from prometheus_client import Counter, Histogram

from goldenthread.config.front import ARRIVED

BOUNDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds
BAD_REQUEST, BROKEN = 400, 500
ASKED_BY_MACHINES = {"/health/", "/ready/", "/metrics/"}  # each second: people's would drown
REQUESTS = Counter("goldenthread_requests", "Requests that were answered.", ["answer"])
FAILURES = Counter("goldenthread_failures", "Requests that broke, by route.", ["route"])
SECONDS = Histogram("goldenthread_request_seconds", "From whole request to answer.", buckets=BOUNDS)
log = logging.getLogger("goldenthread.requests")


class WatchMiddleware:
    """Count each answer; log those that broke, under a number that the answer carries too."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path in ASKED_BY_MACHINES:
            return self.get_response(request)
        began = request.META.get(ARRIVED) or time.monotonic()
        answer = self.get_response(request)
        seconds = time.monotonic() - began
        SECONDS.observe(seconds)
        REQUESTS.labels(_kind(answer.status_code)).inc()
        if answer.status_code >= BROKEN:
            answer.headers["X-Request-Number"] = str(_broke(request, answer.status_code, seconds))
        return answer


def _kind(status: int) -> str:
    if status >= BROKEN:
        return "broken"
    return "refused" if status >= BAD_REQUEST else "well"


def _broke(request: HttpRequest, status: int, seconds: float) -> int:
    number = secrets.randbits(48)
    route = request.resolver_match.view_name if request.resolver_match else "none"
    FAILURES.labels(route).inc()
    told = {"request": number, "route": route, "status": status, "within": within(seconds)}
    log.error("request %(request)d to %(route)s: %(status)d, within %(within)s s", told)
    return number


def within(seconds: float) -> float | None:
    """Return the bound that a time stays within; none beyond the last (JSON has no infinity)."""
    place = bisect_left(BOUNDS, seconds)
    return BOUNDS[place] if place < len(BOUNDS) else None
