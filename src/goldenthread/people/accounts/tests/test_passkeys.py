"""Passkeys from end to end, in a real browser with a made-up device."""

import os
import re

import pytest
from django.core import mail
from django.test import Client
from playwright.sync_api import expect

from goldenthread.people.accounts.tests.factories import PersonFactory

os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of its own in this thread
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def site(live_server, settings):
    url = live_server.url
    settings.SITE_URL = url
    settings.CSRF_TRUSTED_ORIGINS = [url]
    return url


@pytest.fixture
def rosa():
    return PersonFactory.create(name="Rosa", email="rosa@example.org")


@pytest.fixture
def lock(page):
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})


def by_mail(page, site):
    page.goto(f"{site}/account/sign-in/")
    page.get_by_label("Your e-mail address").fill("rosa@example.org")
    page.get_by_role("button", name="Send me a code").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look in your e-mail")
    code = re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", mail.outbox[-1].body, re.MULTILINE)[1]
    page.get_by_label("The code from the e-mail").fill(code)
    page.get_by_role("button", name="Go on").click()


def add_passkey(page, site):
    page.goto(f"{site}/account/2fa/passkeys/add/")
    page.get_by_label("A name for this passkey").fill("my laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def sign_out(page, site):
    page.goto(f"{site}/account/sign-out/")
    page.get_by_role("button", name="Sign out").click()


def test_a_passkey_is_added_signs_in_alone_and_is_asked_for_after_a_code(page, site, rosa, lock):
    by_mail(page, site)
    add_passkey(page, site)
    sign_out(page, site)

    page.goto(f"{site}/account/sign-in/?next=/account/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_text("You sign in as rosa@example.org")).to_be_visible()

    page.goto(f"{site}/account/2fa/app/")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an app with codes")
    sign_out(page, site)

    by_mail(page, site)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your second step")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(f"{site}/")
    page.goto(f"{site}/account/")
    expect(page.get_by_text("You sign in as rosa@example.org")).to_be_visible()


def test_a_device_that_says_no_changes_nothing_and_says_so(page, site, rosa, lock):
    session, made = lock
    by_mail(page, site)
    page.goto(f"{site}/account/2fa/passkeys/add/")
    session.send("WebAuthn.removeVirtualAuthenticator", made)
    refusing = DEVICE | {"isUserVerified": False}
    session.send("WebAuthn.addVirtualAuthenticator", {"options": refusing})
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("That did not work")
    page.goto(f"{site}/account/2fa/passkeys/")
    expect(page.get_by_text("You have none yet")).to_be_visible()


def test_a_passkey_is_taken_away(page, site, rosa, lock):
    by_mail(page, site)
    add_passkey(page, site)
    page.goto(f"{site}/account/2fa/passkeys/")
    page.get_by_role("link", name="Take it away").click()
    page.get_by_role("button", name="Take it away").click()
    expect(page.get_by_text("You have none yet")).to_be_visible()


def test_without_javascript_nothing_offers_a_passkey(rosa):
    assert "data-passkey-login" in (text := Client().get("/account/sign-in/").content.decode())
    assert re.search(r"<form[^>]*data-passkey-login[^>]* hidden>", text)
