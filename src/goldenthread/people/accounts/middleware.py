"""Each person in their own language; nobody with a sharp role goes on without a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import translation

from goldenthread.people.accounts import second_factor
from goldenthread.people.accounts.models import Person

# What everybody may always reach: getting help, leaving, signing out, and the enrolment itself.
ALWAYS_OPEN = (
    "/account/",
    "/leave/",
    "/help/",
    "/guide/",
    "/static/",
    "/what-we-keep/",
    "/accessibility/",
    "/report/",
    "/record/",
    "/mailbox/",
)


class LanguageMiddleware:
    """Speak to a person in the language that they chose, whatever the browser asks for."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if len(settings.LANGUAGES) > 1:
            person = request.user
            if isinstance(person, Person) and person.language in dict(settings.LANGUAGES):
                translation.activate(person.language)
                request.LANGUAGE_CODE = person.language
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send people who need a second factor and have none to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ALWAYS_OPEN) and must_enrol(request):
            return redirect("mfa_index")
        return self.get_response(request)


def must_enrol(request: HttpRequest) -> bool:
    """Return whether the person signed in has to set up a second factor first."""
    person = request.user
    if not isinstance(person, Person) or second_factor.has_second_factor(person):
        return False
    if request.session.get(second_factor.WAIVED) and second_factor.may_be_waived():
        return False
    return second_factor.needs_second_factor(person)
