"""A facilitator builds a survey in a real browser by keyboard; someone answers it at 320 pixels."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, press_on, without_javascript
from goldenthread.listen.surveys.models import Answers, Question, Survey
from goldenthread.listen.surveys.tests.factories import every_kind, opened
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, listening_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
LATER = NOW + timedelta(seconds=20)


@pytest.fixture(autouse=True)
def _tuesday(live_server: Any, tmp_path: Any, settings: Any) -> Iterator[None]:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield


def test_a_facilitator_builds_a_survey_by_keyboard(page: Page, live_server: Any) -> None:
    around = listening_project()
    value = signed_in(around.tom).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page.goto(f"{live_server.url}/p/{around.project.address}/surveys/")
    check_page(page)
    press_on(page, page.get_by_role("link", name="Write a survey"))
    check_page(page)
    page.get_by_label("An empty survey").focus()
    page.keyboard.press("Space")
    page.get_by_label("Title").focus()
    page.keyboard.type("How it is")
    press_on(page, page.get_by_role("button", name="Begin"))
    check_page(page)
    for text in ("Have you used it?", "Was it easy?"):
        press_on(page, page.get_by_role("link", name="Choose one"))
        page.get_by_label("The question").focus()
        page.keyboard.type(text)
        page.get_by_label("Answers").focus()
        page.keyboard.type("Yes\nNo")
        check_page(page)
        press_on(page, page.get_by_role("button", name="Save"))
    press_on(page, page.get_by_role("button", name="Up Was it easy?"))
    page.get_by_text("1. Was it easy?").wait_for()
    check_page(page)
    press_on(page, page.get_by_role("link", name="See it as people see it"))
    check_page(page)
    page.go_back()
    press_on(page, page.get_by_role("link", name="Open it"))
    check_page(page)
    press_on(page, page.get_by_role("button", name="Open it now"))
    page.get_by_text("It is open.").wait_for()
    assert Survey.objects.get().state == Survey.State.OPEN
    assert [each.text for each in Question.objects.all()] == ["Was it easy?", "Have you used it?"]


def test_someone_answers_it_on_a_small_phone(page: Page, live_server: Any) -> None:
    made = opened(every_kind())
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(f"{live_server.url}{made.base}")
    check_page(page)
    page.get_by_role("button", name="Begin").click()
    easy = page.get_by_text("It was easy.")
    easy.wait_for(state="attached")
    assert not easy.is_visible(), "it is asked only after yes"
    page.get_by_role("button", name="Go on").click()
    check_page(page)
    page.get_by_text("Yes", exact=True).click()
    assert easy.is_visible()
    page.get_by_role("button", name="Go on").click()
    check_page(page)
    page.get_by_label("What should change?").fill("Tell us how long it takes.")
    page.get_by_role("button", name="Go on").click()
    check_page(page)
    with clock.frozen(LATER):
        page.get_by_role("button", name="Send it").click()
        page.get_by_role("heading", name="Your receipt").wait_for()
    assert Answers.objects.count() == 1


def test_someone_answers_it_without_scripts(browser: Browser, live_server: Any) -> None:
    made = opened(every_kind())
    with without_javascript(browser, live_server.url) as page:
        page.goto(f"{live_server.url}{made.base}")
        page.get_by_role("button", name="Begin").click()
        page.get_by_text("Only if you chose “Yes” in question 1.").wait_for()
        page.get_by_text("No", exact=True).click()
        page.get_by_role("button", name="Go on").click()
        page.get_by_label("Green").select_option("1")
        page.get_by_role("button", name="Back", exact=True).click()
        page.get_by_text("Only if you chose “Yes” in question 1.").wait_for()
        page.go_back()
        page.get_by_label("Green").wait_for()
        page.get_by_role("button", name="Go on").click()
        with clock.frozen(LATER):
            page.get_by_role("button", name="Send it").click()
            page.get_by_role("heading", name="Thank you. We have your answers.").wait_for()
    assert Answers.objects.count() == 1
