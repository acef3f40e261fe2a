"""*Start here* in a real browser: on the smallest phone, by keyboard, and without scripts."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import (
    check_page,
    press_on,
    take_picture,
    without_javascript,
)
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW
from goldenthread.start.steps import STEPS
from goldenthread.start.tests.factories import Around

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")
E_MAIL = "E-mail of "


@pytest.fixture
def around(live_server: Any) -> Iterator[Around]:
    with clock.frozen(NOW):
        yield Around()


def look(page: Page, name: str) -> None:
    check_page(page)
    for scheme in ("light", "dark") if PICTURES else ():
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of two words
        for width in (375, 1280):
            take_picture(page, f"start-{name}-{scheme}", Path(PICTURES), width)
    page.set_viewport_size({"width": 320, "height": 800})


def session_of(person: Person, url: str) -> Any:
    value = signed_in(person).cookies["session"].value
    return [{"name": "session", "value": value, "url": url}]


def test_eight_questions_and_the_pack_keep_nobody_out(
    page: Page, live_server: Any, around: Around
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.context.add_cookies(session_of(around.ada, live_server.url))
    page.goto(f"{live_server.url}/o/{around.organisation.address}/")
    page.get_by_role("link", name="Start here").click()
    look(page, "what")
    press_on(page, page.get_by_role("button", name="Go on"))
    page.get_by_text("Choose the one that comes nearest.").first.wait_for()
    check_page(page)
    page.get_by_text("A school council", exact=True).click()
    press_on(page, page.get_by_role("button", name="Go on"))
    for step in STEPS[1:]:
        page.get_by_role("heading", name=step.title, level=1).wait_for()
        look(page, step.key)
        if step.key == "decide":
            page.get_by_label(f"{E_MAIL}a co-lead with lived experience").fill("cara@example.org")
        if step.key == "safe":
            page.get_by_label(f"{E_MAIL}the safeguarder").fill("priya@example.org")
        press_on(page, page.get_by_role("button", name="Save and go on"))
    page.get_by_text("Still missing").wait_for()
    look(page, "overview")
    page.get_by_role("button", name="Ask them by mail").click()
    page.get_by_text("We write to two people.").wait_for()
    page.get_by_role("link", name="The pack").click()
    page.get_by_text("To read out: an assembly", exact=True).wait_for()
    look(page, "pack")
    project = Project.objects.get()
    page.goto(f"{live_server.url}/p/{project.address}/prepare/")
    check_page(page)


def test_without_a_script(browser: Browser, live_server: Any, around: Around) -> None:
    with without_javascript(browser, live_server.url, width=320) as page:
        page.context.add_cookies(session_of(around.ada, live_server.url))
        page.goto(f"/o/{around.organisation.address}/start/")
        page.get_by_text("A workplace", exact=True).click()
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("The question").fill("")
        page.get_by_role("button", name="Save and go on").click()
        page.get_by_text("One thing to look at again").wait_for()
        page.get_by_role("heading", name="What do you ask?", level=1).wait_for()
        page.get_by_label("The question").fill("What wears you down?")
        page.get_by_role("button", name="Save and go on").click()
        page.get_by_role("link", name="Later").click()
        page.get_by_role("heading", name="What can change?").wait_for()
    assert Project.objects.get().terms.get().question == "What wears you down?"
