"""R24: known or not, the same page and the same work; limits hold over workers, by mark alone."""

import re
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread.kit import clock
from goldenthread.people.accounts import services
from goldenthread.people.accounts.models import SignInTry
from goldenthread.people.accounts.tests.factories import PersonFactory

NOW = datetime(2026, 3, 10, 10, 5, tzinfo=UTC)
KNOWN, UNKNOWN = "known@example.org", "other@example.org"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def mina():
    with clock.frozen(NOW):
        yield PersonFactory.create(email=KNOWN)


def shape(sql):
    """A query without its values."""
    return re.sub(r"('[^']*'|\d+|%s)(::\w+)?", "?", sql)


def traces(email, page):
    """What can be seen from outside and on the wire to the database: asking, looking, missing."""
    client, seen = Client(), []
    for method, url, data in (
        ("post", page, {"email": email, "name": "Mina"}),
        ("get", "/account/sign-in/code/", None),
        ("post", "/account/sign-in/code/", {"code": "BBBB-BBBB"}),
    ):
        with CaptureQueriesContext(
            connection,
        ) as caught:
            answer = getattr(client, method)(url, data)
        body = answer.content.decode().replace(email, "EMAIL")
        body = re.sub(r'value="[A-Za-z0-9]{64}"', "TOKEN", body)
        queries = [shape(query["sql"]) for query in caught]
        seen.append((answer.status_code, answer.get("Location"), body, queries))
    return seen


def differences(page):
    known, unknown = traces(KNOWN, page), traces(UNKNOWN, page)
    return [(one, other) for one, other in zip(known, unknown, strict=True) if one != other]


@pytest.mark.parametrize("page", ["/account/sign-in/", "/account/sign-up/"])
def test_known_and_unknown_addresses_look_the_same(page):
    assert differences(page) == []
    assert len(mail.outbox) == 2


def refuses_strangers(**given):
    """A sign-in as it is often built."""
    if services.person_with_email(given["email"]) is None:
        raise services.Refusal("There is no such account.", field="email")
    return real(**given)


def looks_twice(**given):
    """A sign-in that does more work for the known."""
    if (person := services.person_with_email(given["email"])) is not None:
        person.refresh_from_db()
    return real(**given)


real = services.ask_for_code


@pytest.mark.parametrize("broken", [refuses_strangers, looks_twice])
def test_the_check_catches_a_sign_in_that_tells(broken):
    with ExitStack() as stack:
        stack.enter_context(patch.object(services, "ask_for_code", broken))
        assert differences("/account/sign-in/") != []


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_codes_for_one_address_are_limited_whoever_asks_from_wherever(email):
    answers = [Client().post("/account/sign-in/", {"email": email}) for _ in range(7)]
    assert [answer.status_code for answer in answers] == [302] * 6 + [200]
    assert "several codes" in answers[-1].content.decode()
    with clock.frozen(NOW + timedelta(hours=1)):
        assert Client().post("/account/sign-in/", {"email": email}).status_code == 302


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN])
def test_misses_for_one_address_are_limited_over_sessions(email):
    for _ in range(2):
        client = Client()
        client.post("/account/sign-in/", {"email": email})
        for _ in range(5):
            client.post("/account/sign-in/code/", {"code": "BBBB-BBBB"})
    fresh = Client()
    fresh.post("/account/sign-in/", {"email": email})
    answer = fresh.post("/account/sign-in/code/", {"code": "BBBB-BBBB"})
    assert "too many wrong codes" in answer.content.decode()


def test_limits_live_in_the_database_and_name_nobody():
    Client().post("/account/sign-in/", {"email": KNOWN}, REMOTE_ADDR="203.0.113.9")
    rows = str(list(SignInTry.objects.values()))
    assert "known" not in rows
    assert "203.0.113" not in rows
    assert SignInTry.objects.filter(hour=NOW.replace(minute=0)).count() == 2


def test_counts_of_past_hours_are_forgotten():
    services.count_try("asked", KNOWN, now=NOW)
    assert services.forget_tries(now=NOW) == 0
    assert services.forget_tries(now=NOW + timedelta(hours=1)) == 1


def test_a_flood_of_unknown_addresses_sends_no_more_mail():
    for _ in range(services.STRANGERS_AN_HOUR):
        services.count_try("site", now=NOW)
    assert Client().post("/account/sign-in/", {"email": UNKNOWN}).status_code == 302
    assert mail.outbox == []
    Client().post("/account/sign-in/", {"email": KNOWN})
    assert [each.to for each in mail.outbox] == [[KNOWN]]
