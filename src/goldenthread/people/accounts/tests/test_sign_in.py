import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from goldenthread.kit import clock
from goldenthread.people.accounts import services
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory

NOW = datetime(2026, 3, 10, 10, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_ten():
    with clock.frozen(NOW):
        yield


def ask(client, email, page="/account/sign-in/", **more):
    return client.post(page, {"email": email, **more})


def last_code():
    return re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", mail.outbox[-1].body, re.MULTILINE)[1]


def type_code(client, code):
    return client.post("/account/sign-in/code/", {"code": code})


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def test_a_code_from_the_mail_signs_mina_in(client):
    PersonFactory.create(name="Mina", email="mina@example.org")
    answer = ask(client, "mina@example.org")
    assert answer["Location"] == "/account/sign-in/code/"
    assert mail.outbox[-1].to == ["mina@example.org"]
    type_code(client, last_code())
    assert is_signed_in(client)


def test_whoever_was_asked_is_awaited_until_they_sign_in(client):
    person = services.welcome(email="priya@example.org", now=NOW)
    assert person.expected
    ask(client, "priya@example.org")
    person.refresh_from_db()
    assert person.expected  # anybody may ask for a code
    type_code(client, last_code())
    person.refresh_from_db()
    assert not person.expected


def test_capitals_spaces_and_a_missing_dash_do_not_matter(client):
    PersonFactory.create(email="mina@example.org")
    ask(client, "Mina@Example.org")
    type_code(client, f" {last_code().replace('-', '').lower()} ")
    assert is_signed_in(client)


def test_a_wrong_code_signs_nobody_in_and_keeps_the_page(client):
    PersonFactory.create(email="mina@example.org")
    ask(client, "mina@example.org")
    answer = type_code(client, "BBBB-BBBB")
    assert answer.status_code == 200
    assert "That code is not right" in answer.content.decode()
    assert not is_signed_in(client)
    type_code(client, last_code())
    assert is_signed_in(client)


def test_a_code_works_once_and_only_in_the_browser_that_asked(client):
    PersonFactory.create(email="mina@example.org")
    ask(client, "mina@example.org")
    elsewhere = Client()
    ask(elsewhere, "someone.else@example.org")
    mail.outbox.pop()
    type_code(elsewhere, last_code())
    assert not is_signed_in(elsewhere)
    type_code(client, last_code())
    client.post("/account/sign-out/")
    type_code(client, last_code())
    assert not is_signed_in(client)


def test_a_code_runs_out_after_a_quarter_of_an_hour(client):
    PersonFactory.create(email="mina@example.org")
    ask(client, "mina@example.org")
    with clock.frozen(NOW + timedelta(minutes=16)):
        answer = type_code(client, last_code())
    assert "run out" in answer.content.decode()
    assert not is_signed_in(client)


def test_a_code_dies_after_five_misses_in_one_session(client):
    PersonFactory.create(email="mina@example.org")
    ask(client, "mina@example.org")
    for _ in range(5):
        type_code(client, "BBBB-BBBB")
    type_code(client, last_code())
    assert not is_signed_in(client)


def test_an_account_is_made_only_when_the_address_is_proved(client):
    answer = ask(client, "new@example.org", "/account/sign-up/", name="Nia")
    assert answer["Location"] == "/account/sign-in/code/"
    assert not Person.objects.exists()
    type_code(client, last_code())
    assert Person.objects.get().name == "Nia"
    assert is_signed_in(client)


def test_joining_with_a_known_address_signs_in_and_changes_nothing(client):
    mina = PersonFactory.create(name="Mina", email="mina@example.org")
    ask(client, "mina@example.org", "/account/sign-up/", name="Somebody")
    type_code(client, last_code())
    mina.refresh_from_db()
    assert mina.name == "Mina"
    assert Person.objects.count() == 1


def test_an_unknown_address_gets_a_mail_that_says_so_and_no_code(client):
    ask(client, "stranger@example.org")
    assert "There is no account" in " ".join(mail.outbox[-1].body.split())
    assert "/account/sign-up/" in mail.outbox[-1].body
    assert not Person.objects.exists()


def test_a_closed_account_is_as_unknown_as_any(client):
    PersonFactory.create(email="mina@example.org", is_active=False)
    ask(client, "mina@example.org")
    assert "There is no account" in " ".join(mail.outbox[-1].body.split())


@pytest.mark.parametrize("place", ["/needs-you/", "/p/waiting/themes/?from=x"])
def test_signing_in_leads_back_to_where_one_was(client, place):
    PersonFactory.create(email="mina@example.org")
    client.post(f"/account/sign-in/?next={place}", {"email": "mina@example.org"})
    assert type_code(client, last_code())["Location"] == place


@pytest.mark.parametrize(
    "place", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client, place):
    PersonFactory.create(email="mina@example.org")
    client.post("/account/sign-in/", {"email": "mina@example.org"}, query_params={"next": place})
    assert type_code(client, last_code())["Location"] == "/"


def test_nothing_of_a_guest_goes_along_into_the_session_of_a_member(client):
    PersonFactory.create(email="mina@example.org")
    session = client.session
    session["receipt"] = "6b4b6a4e-3a5d-4a4a-8c8b-1f2e3d4c5b6a"
    session.save()
    ask(client, "mina@example.org")
    type_code(client, last_code())
    assert "receipt" not in client.session
    assert "sign_in" not in client.session


def test_the_session_row_shows_no_address_while_a_code_waits(client):
    ask(client, "mina@example.org")
    kept = str(dict(client.session))
    assert "mina" not in kept
