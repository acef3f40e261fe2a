"""What people see when something did not work. Nothing typed is lost here either."""

import sys
from urllib.parse import urlsplit

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from goldenthread.kit.pages import page

NOT_GIVEN_BACK = {"csrfmiddlewaretoken", "password"}


def form_expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Give a form whose key has expired back with all that was typed, ready to be sent again.

    Only to a page of ours: a form that another site sent here is not offered again.
    """
    del reason
    given = given_by(request) if _from_here(request) else []
    context = {"given": given, "action": request.path, "neutral_title": True}
    return page(request, "pages/form_expired.html", context, status=403)


def given_by(request: HttpRequest, *, but: str = "") -> list[tuple[str, str]]:
    """List what was typed into a form, to be given back."""
    return [
        (name, value)
        for name in request.POST
        if name not in NOT_GIVEN_BACK | {but}
        for value in request.POST.getlist(name)
    ]


def _from_here(request: HttpRequest) -> bool:
    """Whether the browser says that one of our own pages sent this."""
    site = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return site == "same-origin" or (site is None and urlsplit(origin).netloc == request.get_host())


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, whoever asks and whatever was asked for."""
    del exception
    nothing = {"about_page": None}  # what was asked for is nobody's to know
    return page(request, "pages/not_found.html", nothing, status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """Say that we broke, with nothing on the page that needs a database.

    While the database is away, or its disk is full, what was typed stands in the page.
    """
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return _outage(request)
    return HttpResponse(render_to_string("pages/broken.html", {}, request=None), status=500)


def _outage(request: HttpRequest) -> HttpResponse:
    return given_back(request, "pages/outage.html", status=503, wait=60)


def given_back(request: HttpRequest, template: str, *, status: int, wait: int) -> HttpResponse:
    """Give a form back that could not be kept, its key with it, for a page of ours alone."""
    sent = request.method == "POST" and _from_here(request)
    given = [
        (name, each)
        for name in request.POST
        for each in request.POST.getlist(name)
        if sent and name != "password"
    ]
    context = {
        "given": given,
        "words": [each for _name, each in given if len(each.split()) > 1],
        "action": request.get_full_path(),
        "neutral_title": True,
    }
    body = render_to_string(template, context, request=None)
    answer = HttpResponse(body, status=status)
    answer.headers["Retry-After"] = str(wait)
    answer.headers["Cache-Control"] = "no-store"
    return answer
