"""R14: whatever a request claims to be for, mails name only the configured address."""

from unittest.mock import patch

import pytest
from django.core import mail
from django.test import Client

from goldenthread.people.accounts import mails
from goldenthread.people.accounts.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db

FORGED = [
    {"X-Forwarded-Host": "evil.example"},
    {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.example:443"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"X-Original-Host": "evil.example"},
    {"X-Real-Ip": "203.0.113.1", "X-Forwarded-Server": "evil.example"},
]


def mails_of(headers):
    PersonFactory.create(email="mina@example.org")
    for email in ("mina@example.org", "stranger@example.org"):
        answer = Client().post("/account/sign-in/", {"email": email}, headers=headers)
        assert answer.status_code in (302, 400)
        assert "evil.example" not in answer.get("Location", "")
    return "".join(each.body + each.subject for each in mail.outbox)


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "localhost.evil.example", ""]
)
def test_a_strange_host_is_refused(host):
    assert Client().get("/account/sign-in/", headers={"host": host}).status_code == 400


@pytest.mark.parametrize("headers", FORGED)
def test_forged_headers_reach_no_mail(headers, settings):
    written = mails_of(headers)
    assert "evil.example" not in written
    assert f"{settings.SITE_URL}/account/sign-up/" in written


def test_a_second_allowed_host_does_not_reach_mails_either(settings):
    settings.ALLOWED_HOSTS = ["localhost", "second.example"]
    assert "second.example" not in mails_of({"host": "second.example"})


def test_the_check_catches_links_made_from_the_request(settings):
    settings.ALLOWED_HOSTS = ["localhost", "second.example"]
    with patch.object(mails, "link", lambda path: f"http://second.example{path}"):
        assert "second.example" in mails_of({"host": "second.example"})


def test_the_check_catches_a_trusted_forwarded_host(settings):
    settings.USE_X_FORWARDED_HOST = True
    answer = Client().get("/account/sign-in/", headers=FORGED[0])
    assert answer.status_code == 400
