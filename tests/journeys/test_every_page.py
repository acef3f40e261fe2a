"""Every page there is, opened by someone who may: nobody is kept out, nothing foreign is fetched.

R22: no violation of the content policy in the console, no request to another host.
"""

from collections.abc import Iterator

import pytest
from django.http.response import HttpResponseBase
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Request

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import axe_faults, page_faults
from tests.journeys.conftest import Time
from tests.matrix.test_matrix import SKIPPED, filled, routes
from tests.matrix.world import ROLES, World, build, client_of

pytestmark = [pytest.mark.submission, pytest.mark.django_db(transaction=True)]
SHARES = 8  # the pages are shared out, so that several tests can run beside each other
MIDNIGHT = "/leave/"  # goes away from the site: a journey of its own


def pages_of(world: World, share: int) -> Iterator[tuple[str, str, str]]:
    """Yield (name, path, the first role to whom it is a page) of one share."""
    for name, path in sorted(routes())[share::SHARES]:
        there = filled(path, world.refs)
        if name in SKIPPED or there == MIDNIGHT:
            continue
        for role in ROLES:
            answer = client_of(world, role).get(there)
            if answer.status_code == 200 and is_page(answer):
                yield name, there, role
                break


def is_page(answer: HttpResponseBase) -> bool:
    """Whether a browser shows it: a file to be kept is no page."""
    return "text/html" in answer["Content-Type"] and "Content-Disposition" not in answer.headers


def context_of(browser: Browser, site: str, client: Client) -> BrowserContext:
    context = browser.new_context(base_url=site)
    if "session" in client.cookies:
        value = client.cookies["session"].value
        context.add_cookies([{"name": "session", "value": value, "url": site}])
    return context


class Looking:
    """One role's window: it stays open from page to page, and hears what each page says."""

    def __init__(self, browser: Browser, site: str, client: Client) -> None:
        self.site, self.heard = site, list[str]()
        self.context = context_of(browser, site, client)
        self.page = self.context.new_page()
        self.page.on("console", self._hear)
        self.page.on("request", self._see)

    def _hear(self, said: ConsoleMessage) -> None:
        if said.type == "error":
            self.heard.append(said.text)

    def _see(self, asked: Request) -> None:
        if not asked.url.startswith((self.site, "data:")):
            self.heard.append(f"asks for {asked.url}")

    def faults_of(self, path: str) -> list[str]:
        """Open a page and look at it: as it comes, and with everything opened that can be."""
        self.heard.clear()
        self.page.goto(path)
        faults = [str(fault) for fault in page_faults(self.page)]
        parts = self.page.locator("main details").all()
        closed = [part for part in parts if part.get_attribute("open") is None]
        for part in closed:
            part.locator("summary").first.click()
        if closed:
            faults += [f"all opened: {fault}" for fault in axe_faults(self.page)]
        return [*self.heard, *faults]


@pytest.mark.parametrize("share", range(SHARES))
def test_nobody_is_kept_out_of_any_page(
    browser: Browser, site: str, time: Time, share: int
) -> None:
    """Every page at three widths, light and dark, before and after everything is opened."""
    world = build("mine")
    windows: dict[str, Looking] = {}
    faults: list[str] = []
    for name, path, role in pages_of(world, share):
        if role not in windows:
            windows[role] = Looking(browser, site, client_of(world, role))
        faults += [f"{name} ({path}): {fault}" for fault in windows[role].faults_of(path)]
    for window in windows.values():
        window.context.close()
    assert not faults, "\n".join(dict.fromkeys(faults))
    assert clock.now() == time.now


def test_a_page_that_breaks_the_rules_is_found(browser: Browser, site: str, time: Time) -> None:
    """The negative control: an image without words, and a script from elsewhere."""
    page = context_of(browser, site, Client()).new_page()
    said: list[str] = []
    page.on("console", lambda heard: said.append(heard.text))
    page.goto("/help/")
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/x.png\">');"
        "const one = document.createElement('script'); one.src = 'https://example.org/x.js';"
        "document.body.append(one);"
    )
    page.wait_for_timeout(300)
    assert any(fault.rule == "image-alt" for fault in axe_faults(page))
    assert any("Content Security Policy" in text for text in said)
