"""The guided tour: a strip above real pages says what to look at.

Where somebody stands, their own session knows. The stops are data, in `words/tour.toml`.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest
from django.urls import reverse

from goldenthread.act.decisions.models import Decision
from goldenthread.act.plans.models import Change
from goldenthread.example import queries
from goldenthread.example.stories.stage import WORDS
from goldenthread.kit import clock
from goldenthread.kit.pages import around
from goldenthread.listen.themes.models import Theme
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.second_factor import may_be_waived
from goldenthread.people.accounts.services import sign_in_as
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.speaker import Guest, open_receipt

TOUR: Final = "tour"  # key in the session: [number of the stop, where its page is]
NAMED_BY: Final[Mapping[str, tuple[Any, str]]] = {
    "theme": (Theme, "title"),
    "decision": (Decision, "title"),
    "change": (Change, "what_is_different"),
}


@dataclass(frozen=True)
class Stop:
    """One page of the tour, who looks at it, and at what."""

    title: str
    look: str
    page: str
    sees: str
    project: str = ""
    of: tuple[str, str] | None = None
    who: str = ""
    receipt: bool = False

    @property
    def href(self) -> str:
        """Where the page is."""
        args: list[Any] = [self.project] if self.project else []
        if self.of is not None:
            kind, name = self.of
            model, field = NAMED_BY[kind]
            found = model.objects.filter(**{field: name, "project__address": self.project})
            args.append(found.order_by("pk").values_list("pk", flat=True)[0])
        return reverse(self.page, args=args)


@dataclass(frozen=True)
class Strip:
    """What stands above a page while somebody is on the tour."""

    stop: Stop
    number: int
    of: int
    href: str
    is_here: bool
    following: Stop | None
    template: str = "example/strip.html"
    style: str = "example/tour.css"

    @property
    def before(self) -> int:
        """The number of the stop before this one."""
        return self.number - 1

    @property
    def after(self) -> int:
        """The number of the stop after this one."""
        return self.number + 1


@cache
def stops() -> tuple[Stop, ...]:
    """Return the stops in their order."""
    rows = tomllib.loads((WORDS / "tour.toml").read_text())["stops"]
    return tuple(Stop(**row | {"of": tuple(row["of"]) if "of" in row else None}) for row in rows)


def is_offered() -> bool:
    """Return whether the tour is there: where one can try the example as its people."""
    return may_be_waived()


def go_to(request: HttpRequest, number: int) -> str:
    """Become whoever looks at that stop, remember where one is, and return where the page is."""
    stop = stops()[number - 1]
    _become(request, stop)
    href = stop.href
    request.session[TOUR] = [number, href]
    return href


def leave(request: HttpRequest) -> str:
    """End the tour where one is; return where that was."""
    _number, href = request.session.pop(TOUR, (0, reverse("pages:home")))
    return str(href)


def _become(request: HttpRequest, stop: Stop) -> None:
    parts = {part.role: part.ref for part in queries.parts()}
    if not stop.who:
        logout(request)
    elif not (isinstance(request.user, Person) and request.user.ref == parts[stop.who]):
        sign_in_as(request, Person.objects.get(pk=parts[stop.who]))
    if stop.receipt:
        code = queries.guest_code()
        opened = receipts.open_with(code=code, now=clock.now())
        open_receipt(request, Guest(opened.ref, receipts.withdraw_key(code)))


@around
def strip(request: HttpRequest, context: Mapping[str, Any]) -> dict[str, Any]:
    """Stand above every page for whoever is on the tour; offer it on the first page."""
    del context
    if not is_offered():
        return {}
    offer = {"tour_from": reverse("example:tour")}
    kept = request.session.get(TOUR) if settings.SESSION_COOKIE_NAME in request.COOKIES else None
    if not kept or not 1 <= kept[0] <= len(stops()):
        return offer
    number, href = kept
    following = stops()[number] if number < len(stops()) else None
    is_here = request.path == href
    shown = Strip(stops()[number - 1], number, len(stops()), href, is_here, following)
    return offer | {"strip": shown}
