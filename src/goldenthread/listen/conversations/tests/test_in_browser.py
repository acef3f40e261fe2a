"""A conversation in a real browser: without a script, by keyboard, and nobody is kept out."""

import os
from collections.abc import Iterator
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
from goldenthread.listen.conversations import services
from goldenthread.listen.conversations.models import Conversation, Participant, Stance
from goldenthread.listen.conversations.tests.factories import conversation_in, crowd, said_in
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")


@pytest.fixture
def around(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


def at(live_server: Any, asked: Conversation, path: str = "") -> str:
    where = f"/p/{asked.project.address}/conversations/{asked.ref}/{path}"
    return f"{live_server.url}{where}"


def look(page: Page, name: str) -> None:
    check_page(page)
    if PICTURES:
        for width in (375, 1280):
            take_picture(page, f"conversations-{name}", Path(PICTURES), width)


def test_a_guest_answers_without_a_script(
    browser: Browser, live_server: Any, around: Listening
) -> None:
    asked = conversation_in(around.project)
    with without_javascript(browser, live_server.url, width=320) as page:
        page.goto(at(live_server, asked))
        page.get_by_role("link", name="Begin").click()
        for name in ("Agree", "Disagree", "Pass"):
            page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_text("You have answered everything")).to_be_visible()
        page.get_by_role("link", name="My answers").click()
        page.get_by_role("button", name="Pass").first.click()
        expect(page.get_by_text("Your answer:")).to_have_count(3)
    assert Participant.objects.count() == 1
    assert Stance.objects.count() == 3


def test_answers_by_keys_and_the_map_keep_nobody_out(
    page: Page, live_server: Any, around: Listening
) -> None:
    asked = conversation_in(around.project, seeds=6)
    said_in(asked, "Somebody should call me each week.")
    asked.statements.filter(place=2).update(picture="people")
    crowd(asked, 20, 14)
    services.freeze(conversation=asked, now=NOW)
    value = signed_in(around.tom).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page.goto(at(live_server, asked, "answer/"))
    look(page, "answer")
    press_on(page, page.get_by_role("button", name="Agree 1"), "1")
    expect(page.get_by_text("You have answered 1 of 7.")).to_be_visible()
    expect(page.locator("#says")).to_be_focused()
    page.keyboard.press("d")
    expect(page.get_by_text("You have answered 2 of 7.")).to_be_visible()
    assert sorted(
        Stance.objects.exclude(participant__stances__isnull=True)
        .filter(participant__mark__isnull=False, participant__group="")
        .values_list("value", flat=True)
    ) == [-1, 1]
    check_page(page)
    for path in ("", "mine/", "add/", "statements/", "over-time/", "desk/", "names/", "export/"):
        page.goto(at(live_server, asked, path))
        look(page, path.strip("/") or "conversation")
    page.goto(at(live_server, asked, "map/"))
    look(page, "map")
    heard = page.locator("main").aria_snapshot()  # what a screen reader is given
    for part in ('heading "Common ground" [level=2]', "- img ", "- table", "- rowheader"):
        assert part in heard, f"no {part} in:\n{heard}"
    press_on(page, page.get_by_role("link", name="See all statements"))
    page.get_by_role("heading", name="All statements").wait_for()
    home = f"{live_server.url}/p/{around.project.address}/conversations/"
    for path in ("", "new/", "import/"):
        page.goto(home + path)
        look(page, path.strip("/") or "list")
