"""A sign-in card in a real browser: made, read by a phone, and typed in without scripts."""

import os
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from goldenthread.kit.testing.browser import (
    check_page,
    press_on,
    take_picture,
    without_javascript,
)
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.organisations.tests.test_cards import CODE
from goldenthread.people.accounts import second_factor

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")


def look(page: Page, name: str) -> None:
    check_page(page)
    for width in (375, 1280) if PICTURES else ():
        take_picture(page, f"cards-{name}", Path(PICTURES), width)
    page.set_viewport_size({"width": 320, "height": 800})


def test_from_a_name_to_a_phone_that_signs_in(
    page: Page, browser: Browser, live_server: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)
    forum = OrganisationFactory.create(address="forum", name="Users’ Forum")
    client = Client()
    client.force_login(member("Ada", forum, "administrator"))
    session = {"name": "session", "value": client.cookies["session"].value}
    page.context.add_cookies([{**session, "url": live_server.url}])
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{live_server.url}/o/forum/settings/without-mail/")
    look(page, "empty")
    page.get_by_label("Names").fill("Joan Reed\nKit")
    press_on(page, page.get_by_role("button", name="Add them"))
    page.get_by_role("heading", name="Print cards").wait_for()
    look(page, "list")
    press_on(page, page.get_by_role("button", name="Make the cards"))
    page.get_by_role("heading", name="The cards are made").wait_for()
    look(page, "made")
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Get the sheet (PDF)").click()
    code, other = CODE.findall(pypdf.PdfReader(downloading.value.path()).pages[0].extract_text())

    phone = browser.new_context(viewport={"width": 320, "height": 800}).new_page()
    phone.goto(f"{live_server.url}/card/#{code}")  # as its camera reads the square
    expect(phone.get_by_label("The code on your card")).to_have_value(code)
    expect(phone).to_have_url(re.compile("/card/$"))
    look(phone, "code")
    press_on(phone, phone.get_by_role("button", name="Go on"))
    phone.get_by_label("Choose six numbers").fill("290417")
    phone.get_by_label("The same six numbers again").fill("290417")
    look(phone, "first")
    press_on(phone, phone.get_by_role("button", name="Sign in"))
    expect(phone).not_to_have_url(re.compile("/card/"))
    phone.goto(f"{live_server.url}/account/")
    look(phone, "account")

    with without_javascript(browser, live_server.url) as plain:
        plain.goto(f"{live_server.url}/card/#{other}")
        plain.get_by_label("The code on your card").fill(other)
        plain.get_by_role("button", name="Go on").click()
        plain.get_by_label("Choose six numbers").fill("290417")
        plain.get_by_label("The same six numbers again").fill("290417")
        plain.get_by_role("button", name="Sign in").click()
        expect(plain).not_to_have_url(re.compile("/card/"))
        plain.goto(f"{live_server.url}/account/")
        expect(plain.get_by_text("You have no e-mail address here.")).to_be_visible()
