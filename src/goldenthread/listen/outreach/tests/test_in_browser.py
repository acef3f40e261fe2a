"""Who is missing, in a real browser: from the numbers of who there is to what came of it."""

import os
import re
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.conf import LazySettings
from django.test import Client
from playwright.sync_api import Browser, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, press_on, without_javascript
from goldenthread.listen.outreach.tests.factories import answered, planned, there_are
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.equality.models import Asked
from goldenthread.safety.release.services import freeze

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own


@pytest.fixture
def here(live_server: Any, settings: LazySettings, tmp_path: Any) -> Iterator[Listening]:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        made = listening_project()
        Asked.objects.create(project=made.project, since_on=NOW.date())
        answered(made.project, "international", no=92, yes=11)
        freeze(project=made.project, now=NOW)
        yield made


def session_of(person: Person, url: str) -> Any:
    browser: Client = signed_in(person)
    return [{"name": "session", "value": browser.cookies["session"].value, "url": url}]


def test_who_is_missing_from_the_numbers_to_what_came_of_it(
    page: Page, live_server: Any, here: Listening
) -> None:
    url, project = live_server.url, here.project.address
    page.set_viewport_size({"width": 320, "height": 800})
    page.context.add_cookies(session_of(here.ada, url))
    page.goto(f"{url}/o/{here.organisation.address}/settings/population/")
    check_page(page)
    page.get_by_role("link", name="Did you come to this country to study?").click()
    check_page(page)
    page.get_by_label("No", exact=True).fill("12000")
    page.get_by_label("Yes", exact=True).fill("4000")
    press_on(page, page.get_by_role("button", name="Save these numbers"))
    page.get_by_text("Say where these numbers are from.").first.wait_for()
    check_page(page)
    page.get_by_label("Where are these numbers from?").fill("Student records")
    page.get_by_label("Of which day are they?").fill("2026-02-01")
    page.get_by_role("button", name="Save these numbers").click()
    page.get_by_text("Student records, 1 February 2026").wait_for()

    page.context.clear_cookies()
    page.context.add_cookies(session_of(here.tom, url))
    page.goto(f"{url}/p/{project}/outreach/")
    page.get_by_text("Heard well below their share: “Yes”.").wait_for()
    check_page(page)
    page.get_by_role("link", name=re.compile("Plan how to reach them")).click()
    check_page(page)
    page.get_by_label("What will you do?").fill("Sit in the café on Tuesdays")
    page.get_by_label("Who does it?").select_option(label="Tom")
    page.get_by_label("By when?").fill("2026-03-24")
    press_on(page, page.get_by_role("button", name="Plan it"))
    page.get_by_role("link", name=re.compile("Say what came of it")).click()
    check_page(page)
    page.get_by_text("It is done").click()
    page.get_by_label("What came of it?").fill("Thirty people came.")
    page.get_by_role("button", name="Keep it").click()
    page.get_by_text("Thirty people came.").wait_for()
    check_page(page)
    page.get_by_role("link", name="What everyone sees of this").click()
    page.get_by_text("Thirty people came.").wait_for()
    check_page(page)
    assert "Tom" not in page.locator("main").inner_text()


def test_it_all_works_without_scripts(browser: Browser, live_server: Any, here: Listening) -> None:
    there_are(here, "international", no=12_000, yes=4_000)
    action = planned(here, due_on=date(2026, 3, 20))
    with without_javascript(browser, live_server.url, width=320) as page:
        page.context.add_cookies(session_of(here.tom, live_server.url))
        page.goto(f"/p/{here.project.address}/outreach/{action.ref}/")
        page.get_by_text("Being done").click()
        page.get_by_role("button", name="Save").click()
        page.get_by_text("Being done").first.wait_for()
