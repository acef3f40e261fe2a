"""Reading in a real browser: nobody is kept out, marking fills the form, no script is needed."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, take_picture, without_javascript
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import WordsFactory, sign_in

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")
TEXT = "I asked Dr Brown at Mill Lane how long it takes. Nobody could say."


@pytest.fixture
def here(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


def session_of(person: Person) -> list[dict[str, str]]:
    client = sign_in(Client(), person)
    return [
        {"name": name, "value": morsel.value, "domain": "localhost", "path": "/"}
        for name, morsel in client.cookies.items()
    ]


def look(page: Page, name: str) -> None:
    check_page(page)
    if PICTURES:
        for width in (375, 1280):
            take_picture(page, f"reading-{name}", Path(PICTURES), width)


def test_nobody_is_kept_out_of_reading(page: Page, live_server: Any, here: Listening) -> None:
    words = WordsFactory.create(project=here.project, text=TEXT, content_note="a long wait")
    WordsFactory.create(project=here.project, text=TEXT, imported=True)
    page.context.add_cookies(session_of(here.rosa))
    base = f"{live_server.url}/p/{here.project.address}/reading/"
    for name in ("", "asked/", "done/", "brought-in/?open=1", f"{words.ref}/"):
        page.goto(base + name)
        look(page, name.strip("/?=").split("/")[0][:10] or "queue")
    page.get_by_role("button", name="Open it and read").click()
    look(page, "item")
    page.get_by_role("button", name="Preview").click()
    look(page, "preview")
    for name in ("ask/", "do-not-publish/", "concern/"):
        page.goto(f"{base}{words.ref}/{name}")
        look(page, name.strip("/"))
        page.locator("main form button").first.click()
        check_page(page)


def test_nobody_is_kept_out_of_concerns(page: Page, live_server: Any, here: Listening) -> None:
    words = WordsFactory.create(project=here.project, text=TEXT)
    rosa = sign_in(Client(), here.rosa)
    rosa.post(f"/p/{here.project.address}/reading/{words.ref}/concern/", {"why": "I worry."})
    page.context.add_cookies(session_of(here.priya))
    page.goto(f"{live_server.url}/p/{here.project.address}/concerns/")
    look(page, "concerns")
    page.locator(".worklist a").click()
    look(page, "concern")
    page.get_by_text("Close this concern").click()
    page.get_by_role("button", name="Close it").click()
    check_page(page)


def test_what_is_marked_in_the_words_fills_the_form(
    page: Page, live_server: Any, here: Listening
) -> None:
    words = WordsFactory.create(project=here.project, text=TEXT)
    page.context.add_cookies(session_of(here.rosa))
    page.goto(f"{live_server.url}/p/{here.project.address}/reading/{words.ref}/")
    with page.expect_navigation():  # the script of the page has run once it is loaded
        page.get_by_role("button", name="Open it and read").click()
    page.evaluate(
        """() => {
          const text = document.querySelector('[data-maskable] blockquote').firstChild;
          const range = document.createRange();
          range.setStart(text, 8);
          range.setEnd(text, 16);
          getSelection().removeAllRanges();
          getSelection().addRange(range);
          document.dispatchEvent(new Event('pointerup'));
        }"""
    )
    assert page.locator("[name=passage_0]").input_value() == "Dr Brown"


def test_words_are_masked_and_released_without_a_script(
    browser: Browser, live_server: Any, here: Listening
) -> None:
    words = WordsFactory.create(project=here.project, text=TEXT)
    with without_javascript(browser, live_server.url) as page:
        page.context.add_cookies(session_of(here.rosa))
        page.goto(f"/p/{here.project.address}/reading/")
        page.get_by_role("button", name="Read the next one").click()
        page.fill("[name=passage_0]", "dr brown")
        page.select_option("[name=label_0]", "name removed")
        page.get_by_role("button", name="Preview").click()
        assert "I asked [name removed] at Mill Lane" in page.inner_text("#seen")
        page.get_by_role("button", name="Release it").click()
        assert "Everything is read." in page.inner_text("main")
    assert Words.objects.get(ref=words.ref).shown.startswith("I asked [name removed] at Mill")
