"""A director decides in three clicks: on the smallest phone, by keyboard, and without scripts."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page

from goldenthread.act.briefs.models import Brief
from goldenthread.act.briefs.tests.factories import given
from goldenthread.act.decisions.models import Decision
from goldenthread.act.decisions.tests.factories import LATER
from goldenthread.kit import clock
from goldenthread.kit.testing.browser import (
    check_page,
    press_on,
    take_picture,
    without_javascript,
)
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import Listening, listening_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")


@pytest.fixture
def house(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(LATER):
        yield listening_project()


def session_of(person: Person, url: str) -> Any:
    value = signed_in(person).cookies["session"].value
    return [{"name": "session", "value": value, "url": url}]


def look(page: Page, name: str) -> None:
    check_page(page)
    for width in (375, 1280) if PICTURES else ():
        take_picture(page, f"brief-{name}", Path(PICTURES), width)
    page.set_viewport_size({"width": 320, "height": 800})


class Clicks:
    """Counts what a director has to press."""

    def __init__(self) -> None:
        self.number = 0

    def on(self, target: Locator) -> None:
        """Click, and count it."""
        self.number += 1
        target.click()


def test_three_clicks_without_a_script(browser: Browser, live_server: Any, house: Any) -> None:
    brief, clicks = given(house), Clicks()
    with without_javascript(browser, live_server.url, width=320) as page:
        page.context.add_cookies(session_of(house.dev, live_server.url))
        page.goto("/needs-you/")
        clicks.on(page.get_by_role("link", name=f"decide by 15 May 2026: {brief.title}"))
        clicks.on(page.get_by_role("link", name="Choose this A message each week"))
        page.get_by_label("Why?").fill("It costs little, and people asked for it.")
        clicks.on(page.get_by_role("button", name="Decide and publish"))
        page.get_by_text("Decided, and out for everyone to read.").wait_for()
    assert clicks.number == 3
    made = Decision.objects.get()
    assert (made.outcome, made.state) == ("yes", "published")
    assert made.options.get(chosen=True).text == "A message each week"


def test_it_keeps_nobody_out(page: Page, live_server: Any, house: Listening) -> None:
    brief = given(house)
    page.set_viewport_size({"width": 320, "height": 800})
    page.context.add_cookies(session_of(house.dev, live_server.url))
    home = f"{live_server.url}/p/{house.project.address}/briefs/"
    page.goto(home)
    look(page, "list")
    page.goto(f"{home}delegates/")
    page.get_by_label("E-mail").fill(house.mina.email)
    page.get_by_label("Last day").fill("2026-06-30")
    press_on(page, page.get_by_role("button", name="Name them"))
    page.get_by_text("Named. We write to them.").wait_for()
    look(page, "delegates")
    page.context.clear_cookies()
    page.context.add_cookies(session_of(house.mina, live_server.url))
    page.goto(f"{live_server.url}/needs-you/")
    press_on(page, page.get_by_role("link", name=brief.title))
    page.get_by_text("You decide in the name of Dev.").wait_for()
    look(page, "brief")
    press_on(page, page.get_by_role("link", name="Choose this Leave things as they are"))
    press_on(page, page.get_by_role("button", name="Decide and publish"))
    page.get_by_text("Say why.").first.wait_for()
    look(page, "decide")
    page.get_by_label("Why?").fill("There is no money for it this year.")
    press_on(page, page.get_by_role("button", name="Decide and publish"))
    page.get_by_text("Mina, in the name of Dev, decision-maker").wait_for()
    check_page(page)
    page.get_by_role("link", name="The brief it was decided from").click()
    page.get_by_text("What is asked").wait_for()
    assert Brief.objects.get().decision is not None


def test_a_brief_is_written_and_handed_over(page: Page, live_server: Any, house: Listening) -> None:
    given(house)
    page.set_viewport_size({"width": 320, "height": 800})
    page.context.add_cookies(session_of(house.cara, live_server.url))
    page.goto(f"{live_server.url}/p/{house.project.address}/briefs/new/")
    look(page, "write")
    press_on(page, page.get_by_role("button", name="Keep the draft and look at it"))
    page.get_by_text("Write what you ask for.").first.wait_for()
    check_page(page)
    page.get_by_label("What is it about, in a few words?").fill("Evening hours")
    page.get_by_label("What do you ask for").fill("Please decide when we are open.")
    page.get_by_text("Dev", exact=True).click()
    page.get_by_label("Decide by").fill("2026-05-20")
    page.get_by_text("Waiting alone", exact=True).click()
    page.get_by_label("What would be done?").first.fill("Open on two evenings")
    for place in ("0", "as_it_is"):
        page.locator(f"#id_cost_{place}").fill("Some money")
        page.locator(f"#id_risk_{place}").fill("Nobody comes.")
    page.locator("#id_outcome_0").select_option("partly")
    press_on(page, page.get_by_role("button", name="Keep the draft and look at it"))
    page.get_by_text("Draft: only organisers see it").wait_for()
    look(page, "draft")
    page.get_by_role("button", name="Hand it over").click()
    page.get_by_text("Handed over. We write to those who decide.").wait_for()
