"""R23: sessions end by themselves, and get a new name when someone's power grows."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from goldenthread.kit import clock
from goldenthread.organisations.models import Role
from goldenthread.organisations.tests.factories import OrganisationFactory, member
from goldenthread.people.accounts import second_factor
from goldenthread.projects import sessions
from goldenthread.projects.tests.factories import listening_project

NOW = datetime(2026, 3, 10, 10, 30, tzinfo=UTC)
HERE = "/account/close/"
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def calm(monkeypatch):
    monkeypatch.setattr(second_factor, "needs_second_factor", lambda _person: False)


@pytest.fixture
def northmoor():
    return OrganisationFactory.create()


def at(minutes, client, path=HERE, **more):
    with clock.frozen(NOW + timedelta(minutes=minutes)):
        return client.post(path, more) if more else client.get(path)


def begin(person):
    client = Client()
    client.force_login(person)
    assert at(0, client).status_code == 200
    return client


@pytest.mark.parametrize("role", ["administrator", "facilitator", "treasurer", "steward"])
def test_staff_are_signed_out_after_half_an_hour_without_a_sign_of_life(northmoor, role):
    client = begin(member("Tom", northmoor, role))
    assert at(29, client).status_code == 200
    assert at(58, client).status_code == 200
    answer = at(58 + 31, client)
    assert answer["Location"] == f"/account/sign-in/?next={HERE.replace('/', '%2F')}"
    assert not Session.objects.filter(session_key=client.session.session_key).exists()


@pytest.mark.parametrize("name", ["tom", "rosa", "sam", "priya", "dev"])
def test_roles_in_projects_count_as_staff(name):
    person = getattr(listening_project(), name)
    assert at(31, begin(person)).status_code == 302


@pytest.mark.parametrize("name", ["mina", "cara"])
def test_members_and_co_leads_stay_for_the_day(name):
    client = begin(getattr(listening_project(), name))
    assert at(19 * 60, client).status_code == 200
    assert at((19 + 19) * 60, client).status_code == 200
    assert at((19 + 19 + 22) * 60, client).status_code == 302


def test_a_session_of_staff_ends_after_eight_hours_whatever_they_do(northmoor):
    client = begin(member("Tom", northmoor, "facilitator"))
    for minutes in range(20, 480, 20):
        assert at(minutes, client).status_code == 200
    assert at(485, client).status_code == 302


def test_what_staff_typed_is_given_back(northmoor):
    client = begin(member("Tom", northmoor, "facilitator"))
    answer = at(40, client, "/account/", name="a long text <b>", language="en-gb")
    assert answer.status_code == 401
    page = answer.content.decode()
    assert "a long text &lt;b&gt;" in page
    assert "Sign in again" in page
    assert at(40, client).status_code == 302


def test_a_new_role_begins_in_a_session_of_a_new_name(northmoor):
    tom = member("Tom", northmoor)
    client = begin(tom)
    before = client.session.session_key
    Role.objects.create(
        membership=tom.memberships.get(), name="facilitator", starts_on="2026-01-05"
    )
    assert at(61, client).status_code == 200
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()
    assert at(61 + 31, client).status_code == 302


def test_the_moment_is_kept_to_the_minute_for_staff_and_to_the_hour_for_others(northmoor):
    at_half_past = int(NOW.timestamp()) // 60
    assert begin(member("Tom", northmoor, "facilitator")).session["seen"] == at_half_past
    assert begin(member("Mina", northmoor)).session["seen"] == at_half_past - 30


def test_the_check_catches_a_session_that_never_ends(northmoor, monkeypatch):
    monkeypatch.setattr(sessions, "IDLE_STAFF", 10**6)
    monkeypatch.setattr(sessions, "LONGEST_STAFF", 10**6)
    assert at(600, begin(member("Tom", northmoor, "facilitator"))).status_code == 200


@pytest.mark.parametrize(("url", "name"), [("https://x.org", "__Host-"), ("http://x.org", "")])
def test_cookies_belong_to_this_host_and_to_https_where_there_is_https(url, name):
    """Read as an installation reads it, in a process of its own."""
    script = (
        "from goldenthread.config import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE,"
        " s.CSRF_COOKIE_SECURE, s.SESSION_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE)"
    )
    told = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "GOLDENTHREAD_URL": url},
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    secure = str(bool(name))
    assert told == [f"{name}session", f"{name}csrf", secure, secure, "True", "Lax"]
