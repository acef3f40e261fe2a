"""The guide by keyboard, without JavaScript, and on a phone."""

import pytest
from playwright.sync_api import expect

from goldenthread.kit.testing.browser import check_page, press_on, without_javascript

pytestmark = [pytest.mark.submission, pytest.mark.django_db(transaction=True)]


def test_a_long_text_with_pictures_keeps_nobody_out(browser, live_server, plain_static):
    page = browser.new_page(base_url=live_server.url)
    page.goto("/guide/tutorial/")
    check_page(page)
    page.close()


def test_words_are_found_by_keyboard_without_javascript(browser, live_server, plain_static):
    with without_javascript(browser, live_server.url) as page:
        page.goto("/guide/")
        press_on(page, page.get_by_role("searchbox"), "s")
        page.keyboard.type("lips")
        page.keyboard.press("Enter")
        link = page.get_by_role("link", name="Hand over a receipt on paper").first
        link.wait_for()
        press_on(page, link)
        expect(page.locator("h1")).to_have_text("Hand over a receipt on paper")
