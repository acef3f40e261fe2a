"""The account of someone without an address: what they may need, and no mail ever."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from goldenthread.kit import clock
from goldenthread.people.accounts import queries
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.services import welcome_without_address
from goldenthread.people.accounts.tests.factories import PersonFactory
from goldenthread.people.keycards.models import KeyCard
from goldenthread.people.keycards.tests.factories import with_card
from goldenthread.people.keycards.tests.test_sign_in import NUMBER, come_in, is_signed_in
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting, write_letter

NOW = datetime(2026, 3, 10, 10, 5, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_ten():
    with clock.frozen(NOW):
        yield


def last_code():
    return re.search(r"^ {4}([A-Z]{4}-[A-Z]{4})$", mail.outbox[-1].body, re.MULTILINE)[1]


def add_address(client, email, code=""):
    client.post("/account/address/", {"email": email})
    return client.post("/account/address/code/", {"code": code or last_code()})


def test_several_people_have_no_address_and_none_is_found_by_it():
    for name in ("Joan", "Kit"):
        welcome_without_address(name=name, now=NOW)
    assert queries.person_with_email("") is None
    assert queries.people_with_emails(["", " "]) == {}
    assert Client().post("/account/sign-in/", {"email": ""}).status_code == 200
    assert not mail.outbox


def test_no_letter_is_written_to_them():
    joan = welcome_without_address(name="Joan", now=NOW)
    write_letter(
        key="role:1", text="role-given", link="/", names={"organisation": "Forum"}, person=joan
    )
    assert send_waiting(now=NOW) == 0
    assert not Letter.objects.exists()
    assert not mail.outbox


def test_an_address_can_be_added_once_it_is_proved_and_the_card_stopped():
    joan, code = with_card("Joan", now=NOW)
    client = come_in(code)
    assert client.get("/account/card/").content.decode().count("Stop my card") == 0
    assert client.post("/account/card/").status_code == 409
    add_address(client, "joan@example.org", "BBBB-BBBB")
    joan.refresh_from_db()
    assert joan.email == ""
    add_address(client, "Joan@example.org")
    joan.refresh_from_db()
    assert joan.email == "joan@example.org"
    assert client.post("/account/card/")["Location"] == "/account/"
    assert is_signed_in(client)
    assert not KeyCard.objects.exists()
    assert not is_signed_in(come_in(code))


@pytest.mark.parametrize("changed", [{"misses": 10}, {"ends_on": NOW.date() - timedelta(days=1)}])
def test_a_card_that_no_longer_works_is_not_said_to(changed):
    client = come_in(with_card("Joan", now=NOW)[1])
    assert "It works until" in client.get("/account/card/").content.decode()
    KeyCard.objects.update(**changed)
    said = client.get("/account/card/").content.decode()
    assert "It works until" not in said
    assert "The card has ended, or was blocked after ten wrong numbers." in said
    assert "Ask the people who gave it to you for a new one." in said


def test_the_address_of_another_account_is_not_taken():
    PersonFactory.create(email="ada@example.org")
    joan, code = with_card("Joan", now=NOW)
    client = come_in(code)
    answer = add_address(client, "ada@example.org")
    assert "Another account has this address" in answer.content.decode()
    joan.refresh_from_db()
    assert joan.email == ""


def test_whoever_has_an_address_cannot_put_another_in_its_place():
    client, ada = Client(), PersonFactory.create(email="ada@example.org")
    client.force_login(ada)
    answer = client.post("/account/address/", {"email": "other@example.org"})
    assert answer["Location"] == "/account/"
    assert Person.objects.get(pk=ada.pk).email == "ada@example.org"


def test_everything_held_is_handed_out_for_the_six_numbers():
    code = with_card("Joan", now=NOW)[1]
    client = come_in(code)
    assert client.post("/account/everything/")["Location"] == "/account/everything/number/"
    wrong = client.post("/account/everything/number/", {"number": "805511", "shape": "json"})
    assert "not your six numbers" in wrong.content.decode()
    file = client.post("/account/everything/number/", {"number": NUMBER, "shape": "json"})
    assert file["Content-Disposition"].startswith("attachment")
    assert "Joan" in file.content.decode()


def test_the_file_is_not_had_by_numbers_that_were_never_chosen():
    client, ada = Client(), PersonFactory.create(email="ada@example.org")
    client.force_login(ada)
    answer = client.post("/account/everything/number/", {"number": NUMBER, "shape": "json"})
    assert "not your six numbers" in answer.content.decode()
