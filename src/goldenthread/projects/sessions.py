"""How long someone stays signed in: staff half an hour without a sign of life, others a day."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from goldenthread.kit import clock
from goldenthread.kit.pages import page
from goldenthread.organisations.roles import roles_anywhere
from goldenthread.people.accounts.models import Person
from goldenthread.projects.roles import Name, held

SEEN, BEGAN, STAFF = "seen", "began", "staff"  # keys of the session; minutes since 1970
IDLE_STAFF, LONGEST_STAFF = 30, 8 * 60
IDLE_OTHERS = 20 * 60
NOT_STAFF = (Name.CO_LEAD,)  # people with lived experience keep the longer time
NOT_GIVEN_BACK = ("csrfmiddlewaretoken", "form_key")


class IdleMiddleware:
    """End sessions that nobody uses."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if isinstance(request.user, Person):
            if (was_staff := _timed_out(request)) is not None:
                logout(request)
                if was_staff:
                    return _signed_out(request)
            else:
                _stay(request)
        return self.get_response(request)


def _timed_out(request: HttpRequest) -> bool | None:
    """Return None while the session holds; else whether it belonged to staff."""
    session, minute = request.session, _minute()
    if SEEN not in session:
        return None
    staff = bool(session.get(STAFF))
    idle = minute - session[SEEN]
    if staff and (idle > IDLE_STAFF or minute - session[BEGAN] > LONGEST_STAFF):
        return True
    return False if idle > IDLE_OTHERS + 60 else None


def _stay(request: HttpRequest) -> None:
    """Note a sign of life: to the minute for staff, to the hour for everyone else."""
    session, minute = request.session, _minute()
    staff, seen = bool(session.get(STAFF)), session.get(SEEN)
    if seen is not None and minute - seen < (1 if staff else 60):
        return
    is_staff = holds_staff_role(request.user)
    if is_staff and not staff and seen is not None:
        session.cycle_key()  # a new role begins in a session of a new name
    stamp = minute if is_staff else minute - minute % 60
    session.setdefault(BEGAN, stamp)
    session[SEEN], session[STAFF] = stamp, is_staff


def holds_staff_role(person: Any) -> bool:
    """Return whether the person has a role of staff anywhere today."""
    now = clock.now()
    if roles_anywhere(person, now=now):
        return True
    return held(now).filter(person=person).exclude(name__in=NOT_STAFF).exists()


def _signed_out(request: HttpRequest) -> HttpResponse:
    """Lead back to where they were; what was typed is given back, ready to be copied."""
    here = request.get_full_path() if request.method == "GET" else "/"
    href = f"{reverse('account_login')}?{urlencode({'next': here})}"
    typed = [
        value
        for name, values in request.POST.lists()
        if name not in NOT_GIVEN_BACK
        for value in values
        if " " in value
    ]
    if not typed:
        return redirect(href)
    return page(request, "accounts/signed_out.html", {"typed": typed, "href": href}, status=401)


def _minute() -> int:
    return int(clock.now().timestamp()) // 60
