"""A limit on forms from one address, for those who want one: off unless they say how many."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.http import HttpRequest, HttpResponse

from goldenthread.kit import clock
from goldenthread.kit.caches import away
from goldenthread.kit.floods import HOUR, address_of, too_many
from goldenthread.pages.errors import given_back

log = logging.getLogger("goldenthread.floods")


class FloodMiddleware:
    """Give a form back, to be sent later, when its address has sent more than was allowed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if not settings.FORMS_AN_HOUR:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST" or not self._is_flood(request):
            return self.get_response(request)
        return given_back(request, "pages/flood.html", status=429, wait=HOUR)

    def _is_flood(self, request: HttpRequest) -> bool:
        """Count; while the cache is away forms are taken, since most come from no flood."""
        address = address_of(request, proxies=settings.PROXIES)
        try:
            return too_many(address, most=settings.FORMS_AN_HOUR, now=clock.now())
        except away() as error:
            log.warning("Forms by address are not counted: %s.", type(error).__name__)
            return False
