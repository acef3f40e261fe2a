"""What journeys share: a site of its own, a clock that can be moved, and hands to act with."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from datetime import datetime, timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Browser, BrowserContext
from pytest_django.live_server_helper import LiveServer

from goldenthread.kit import clock
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


class Crowd:
    """Opens a browser for each person, with or without scripts, by pointer or by keyboard."""

    def __init__(self, browser: Browser, site: str, *, scripts: bool, keyboard: bool) -> None:
        self.browser, self.site, self.scripts = browser, site, scripts
        self.kind = Keyboard if keyboard else Hands
        self.open: list[BrowserContext] = []

    def hands_of(self, person: Person | None = None) -> Hands:
        """Return the hands of a person who is signed in, or of a guest."""
        context = self.browser.new_context(
            base_url=self.site,
            java_script_enabled=self.scripts,
            locale="en-GB",
            viewport={"width": 375, "height": 800},
        )
        self.open.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            context.add_cookies(
                [{"name": "session", "value": client.cookies["session"].value, "url": self.site}]
            )
        page = context.new_page()
        page.set_default_timeout(10_000)
        return self.kind(page, look=self.scripts)

    def leave(self) -> None:
        """Close every browser."""
        for context in self.open:
            context.close()


@pytest.fixture
def crowds(browser: Browser, site: str) -> Iterator[Callable[..., Crowd]]:
    """Makes crowds; all leave when the test ends, however it ends."""
    with ExitStack() as left:

        def gather(*, scripts: bool, keyboard: bool) -> Crowd:
            made = Crowd(browser, site, scripts=scripts, keyboard=keyboard)
            left.callback(made.leave)
            return made

        yield gather


@pytest.fixture(params=["without scripts", "by keyboard"])
def crowd(request: pytest.FixtureRequest, crowds: Callable[..., Crowd]) -> Crowd:
    by_keyboard = request.param == "by keyboard"
    return crowds(scripts=by_keyboard, keyboard=by_keyboard)
