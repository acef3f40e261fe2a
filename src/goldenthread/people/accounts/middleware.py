"""Each person in their own language and under a name; sharp roles with a second factor."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import translation
from django.utils.http import urlencode

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
            if isinstance(person, Person) and person.speaks:
                translation.activate(person.speaks)
                request.LANGUAGE_CODE = person.speaks
        return self.get_response(request)


class NameMiddleware:
    """Ask people who were invited by their address alone, once, what they want to be called."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method == "GET" and not request.path.startswith(ALWAYS_OPEN):
            person = request.user
            if isinstance(person, Person) and person.email and not person.name:
                going = urlencode({"next": request.get_full_path()})
                return redirect(f"{reverse('accounts:name')}?{going}")
        return self.get_response(request)


class SecondFactorMiddleware:
    """Send people who need a second factor and have none to the page where they set one up."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ALWAYS_OPEN) and must_enrol(request):
            if request.method == "GET":
                request.session[second_factor.GOING] = request.get_full_path()
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
