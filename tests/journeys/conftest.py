"""What journeys share: a site of its own, a clock that can be moved, and hands to act with."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, expect
from pytest_django.live_server_helper import LiveServer

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import Mirror, Scheme
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from tests.journeys.hands import Hands, Keyboard

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of its own in this thread


class Time:
    """The clock of a journey: it stands still until it is moved."""

    def __init__(self) -> None:
        self.now = NOW
        self._held = ExitStack()

    def go_to(self, moment: datetime) -> None:
        """Move to a moment."""
        self._held.close()
        self.now = moment
        self._held.enter_context(clock.frozen(moment))

    def pass_by(self, **length: float) -> None:
        """Let some time pass."""
        self.go_to(self.now + timedelta(**length))

    def close(self) -> None:
        """Let the clock run again."""
        self._held.close()


@pytest.fixture
def time() -> Iterator[Time]:
    moved = Time()
    moved.go_to(NOW)
    yield moved
    moved.close()


@pytest.fixture
def site(live_server: LiveServer, settings: LazySettings) -> str:
    """The address of a site with our own headers and static files as they stand in the folders."""
    url = live_server.url
    settings.SITE_URL = url
    settings.CSRF_TRUSTED_ORIGINS = [url]
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }
    return url


@pytest.fixture
def around(transactional_db: None, time: Time) -> Listening:
    """A project that listens, with everybody by name; staff have their second factor."""
    del transactional_db, time
    made = listening_project()
    for person in Person.objects.all():
        Authenticator.objects.create(
            user=person, type=Authenticator.Type.TOTP, data={"secret": "x"}
        )
    return made


@dataclass(frozen=True, slots=True)
class Mode:
    """How the people of a journey use their browsers."""

    scripts: bool = True
    keyboard: bool = False
    width: int = 375
    scheme: Scheme = "light"


PATIENCE = 30_000  # milliseconds: several browsers at once, on a busy machine
expect.set_options(timeout=PATIENCE)
PLAIN = Mode()
MODES = {
    "without scripts": Mode(scripts=False),
    "by keyboard": Mode(keyboard=True),
    "plain": PLAIN,
    "at 320 px": Mode(width=320),
    "dark": Mode(scheme="dark"),
}
OFTEN = ("without scripts", "by keyboard")  # at each submission; the others once a week


class Crowd:
    """Opens a browser for each person, all in one mode; axe looks at every page."""

    def __init__(self, browser: Browser, site: str, mode: Mode) -> None:
        self.browser, self.site, self.mode = browser, site, mode
        self.mirror = None if mode.scripts else Mirror(browser)
        self.open: list[BrowserContext] = []

    def hands_of(self, person: Person | None = None) -> Hands:
        """Return the hands of a person who is signed in, or of a guest."""
        context = self.browser.new_context(
            base_url=self.site,
            java_script_enabled=self.mode.scripts,
            locale="en-GB",
            viewport={"width": self.mode.width, "height": 800},
            color_scheme=self.mode.scheme,
        )
        self.open.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            context.add_cookies(
                [{"name": "session", "value": client.cookies["session"].value, "url": self.site}]
            )
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        return (Keyboard if self.mode.keyboard else Hands)(page, mirror=self.mirror)

    def leave(self) -> None:
        """Close every browser."""
        if self.mirror is not None:
            self.mirror.context.close()
        for context in self.open:
            context.close()


@pytest.fixture
def crowds(browser: Browser, site: str) -> Iterator[Callable[[Mode], Crowd]]:
    """Makes crowds; all leave when the test ends, however it ends."""
    with ExitStack() as left:

        def gather(mode: Mode) -> Crowd:
            made = Crowd(browser, site, mode)
            left.callback(made.leave)
            return made

        yield gather


@pytest.fixture(
    params=[
        name if name in OFTEN else pytest.param(name, marks=pytest.mark.weekly) for name in MODES
    ]
)
def crowd(request: pytest.FixtureRequest, crowds: Callable[[Mode], Crowd]) -> Crowd:
    return crowds(MODES[request.param])
