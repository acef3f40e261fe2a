"""Handing a role over in a real browser: on the smallest phone, by keyboard, without scripts."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import (
    check_page,
    press_on,
    take_picture,
    without_javascript,
)
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.organisations.tests.factories import member
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import ProjectRole
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")


@pytest.fixture
def here(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(NOW):
        made = listening_project()
        roles = ProjectRole.objects.filter(project=made.project, person=made.tom)
        roles.update(ends_on=NOW.date() + timedelta(days=12))
        yield made


def look(page: Page, name: str) -> None:
    check_page(page)
    for width in (375, 1280) if PICTURES else ():
        take_picture(page, f"handover-{name}", Path(PICTURES), width)
    page.set_viewport_size({"width": 320, "height": 800})


def come_as(page: Page, person: Person, url: str) -> None:
    value = signed_in(person).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": url}])


def test_from_what_needs_you_to_whoever_follows(
    page: Page, browser: Browser, live_server: Any, here: Listening
) -> None:
    noor = member("Noor", here.organisation)
    come_as(page, here.tom, live_server.url)
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/needs-you/")
    look(page, "needs-you")
    press_on(page, page.get_by_role("link", name="Hand it over"))
    look(page, "role")
    page.get_by_label("E-mail of whoever follows").fill(noor.email)
    page.get_by_label("A note for them").fill("Ask Rosa about the rota first.")
    press_on(page, page.get_by_role("button", name="Ask them"))
    page.get_by_text("Asked, and no answer yet").wait_for()
    look(page, "asked")
    where = page.url

    with without_javascript(browser, live_server.url) as plain:
        come_as(plain, noor, live_server.url)
        plain.goto(where)
        expect(plain.get_by_text("Ask Rosa about the rota first.")).to_be_visible()
        plain.get_by_role("button", name="Yes, I take it over").click()
        expect(plain.get_by_text("Somebody follows")).to_be_visible()

    page.goto(where)
    page.get_by_text("Somebody follows").wait_for()
    check_page(page)
    page.goto(f"{live_server.url}/hand-over/")
    look(page, "all")
