"""Who was invited by an address alone is asked once what they want to be called."""

import re

import pytest
from django.core import mail
from django.test import Client

from goldenthread.people.accounts.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db
ASKS = "/account/name/?next=%2Fneeds-you%2F%3Fpage%3D2"


def signed_in(**person):
    client = Client()
    client.force_login(PersonFactory.create(**person))
    return client


def test_someone_without_a_name_is_asked_once_and_then_goes_on():
    client = signed_in(name="")
    assert client.get("/needs-you/?page=2")["Location"] == ASKS
    assert "What shall we call you?" in client.get(ASKS).content.decode()
    wrong = client.post(ASKS, {"name": ""}).content.decode()
    assert "Type the name you want to be called here." in wrong
    assert client.post(ASKS, {"name": "Priya"})["Location"] == "/needs-you/?page=2"
    assert client.get("/needs-you/").status_code == 200
    assert 'value="Priya"' in client.get("/account/").content.decode()


@pytest.mark.parametrize(
    "going", ["https://evil.example/", "//evil.example", "", "/\\evil.example"]
)
def test_the_way_on_stays_on_this_site(going):
    answer = signed_in(name="").post(f"/account/name/?next={going}", {"name": "Priya"})
    assert answer["Location"] == "/needs-you/"


@pytest.mark.parametrize("person", [{"name": "Ann"}, {"name": "", "email": ""}])
def test_nobody_else_is_stopped(person):
    assert signed_in(**person).get("/needs-you/").status_code == 200


@pytest.mark.parametrize("path", ["/leave/", "/help/", "/account/", "/what-we-keep/"])
def test_help_and_the_way_out_stay_open(path):
    assert "/account/name/" not in signed_in(name="").get(path).get("Location", "")


def test_nobody_is_asked_who_is_not_signed_in():
    assert Client().get("/account/name/")["Location"].startswith("/account/sign-in/")
    assert Client().get("/").status_code == 200


def test_the_code_page_speaks_of_joining_and_tells_nothing_of_accounts():
    PersonFactory.create(email="mina@example.org")
    pages = []
    for email in ("mina@example.org", "new@example.org"):
        client = Client()
        client.post("/account/sign-up/", {"name": "M", "email": email})
        pages.append(client.get("/account/sign-in/code/").content.decode().replace(email, ""))
    known, new = [re.sub(r'value="[^"]*"', "", each) for each in pages]
    assert known == new
    assert "There is no account" not in known
    assert "there is no account" not in known
    assert "Look whether the address above is right." in known
    assert len(mail.outbox) == 2


def test_the_code_page_names_the_mailbox_only_where_mails_land_in_it(settings):
    client = Client()
    client.post("/account/sign-in/", {"email": "mina@example.org"})
    link = 'href="/mailbox/"'
    settings.EMAIL_DELIVERY = "django.core.mail.backends.filebased.EmailBackend"
    for development in (False, True):
        settings.DEV = development
        assert (link in client.get("/account/sign-in/code/").content.decode()) == development
    settings.EMAIL_DELIVERY = "django.core.mail.backends.smtp.EmailBackend"
    assert link not in client.get("/account/sign-in/code/").content.decode()
