"""A class on one tablet in a real browser: by keyboard, without scripts; Back shows nothing."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Error, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, press_on, without_javascript
from goldenthread.listen.voices import services
from goldenthread.listen.voices.models import ClassSession, Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW
from goldenthread.safety.young.tests.factories import school

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
WORDS = "The kingfisher has no lunch."
LATER = NOW + timedelta(seconds=20)


@pytest.fixture
def held(live_server: Any) -> Iterator[ClassSession]:
    with clock.frozen(NOW):
        here = school()
        yield services.start_class(
            by=here.tom, project=here.project, name="8B", slips=True, now=NOW
        )


def start(live_server: Any, held: ClassSession) -> str:
    return f"{live_server.url}/c/{held.code}/"


def back(page: Page) -> None:
    """Press Back; a page that came of a form the browser has not kept, and it says so instead."""
    try:
        page.go_back()
    except Error as nothing_kept:
        if "ERR_CACHE_MISS" not in str(nothing_kept):
            raise
        page.wait_for_url("chrome-error://**")


def test_nothing_of_a_pupil_comes_back_by_the_back_button(
    page: Page, live_server: Any, held: ClassSession
) -> None:
    page.set_viewport_size({"width": 375, "height": 700})
    page.goto(start(live_server, held))
    check_page(page)
    page.get_by_role("button", name="I am next").click()
    check_page(page)
    page.get_by_role("button", name="Send it to a reader").click()  # nothing written yet
    check_page(page)
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_text("Yes, I take a slip").click()
    with clock.frozen(LATER):
        page.get_by_role("button", name="Send it to a reader").click()
        page.get_by_role("heading", name="Your receipt").wait_for()
        check_page(page)
        code = page.locator(".receipt-code").inner_text()
        page.get_by_role("button", name="Hand the device on").click()
        page.get_by_role("heading", name="Are you next?").wait_for()
        for _step in range(5):
            back(page)
            shown = page.content()
            assert WORDS not in shown
            assert code not in shown
        assert page.context.cookies(start(live_server, held)) == [] or all(
            each["name"] != "turn" for each in page.context.cookies(start(live_server, held))
        )
    assert Voice.objects.count() == 1


def test_a_whole_turn_by_keyboard_alone(page: Page, live_server: Any, held: ClassSession) -> None:
    page.goto(start(live_server, held))
    press_on(page, page.get_by_role("button", name="I am next"))
    page.get_by_label("Your words").focus()
    page.keyboard.type(WORDS)
    with clock.frozen(LATER):
        press_on(page, page.get_by_role("button", name="Send it to a reader"))
        press_on(page, page.get_by_role("button", name="Hand the device on"))
        page.get_by_role("heading", name="Are you next?").wait_for()
    assert Voice.objects.get().receipt is None


def test_a_whole_turn_without_scripts(
    browser: Browser, live_server: Any, held: ClassSession
) -> None:
    with without_javascript(browser, live_server.url) as page:
        page.set_viewport_size({"width": 375, "height": 700})
        page.goto(start(live_server, held))
        page.get_by_role("button", name="I am next").click()
        page.get_by_label("Your words").fill(WORDS)
        with clock.frozen(LATER):
            page.get_by_role("button", name="Send it to a reader").click()
            page.get_by_role("button", name="Hand the device on").click()
        page.get_by_role("heading", name="Are you next?").wait_for()
    assert Voice.objects.get().words.text == WORDS


def test_the_sheet_of_a_class_and_its_door(
    page: Page, live_server: Any, held: ClassSession
) -> None:
    person = held.started_by
    assert person
    value = signed_in(person).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    base = f"{live_server.url}/p/{held.project.address}/class/"
    for href in (base, f"{base}{held.code}/", f"{live_server.url}/c/"):
        page.goto(href)
        check_page(page)
