import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from goldenthread.kit import erasure
from goldenthread.kit.privacy import OnErasure
from goldenthread.people.accounts.models import Person
from goldenthread.people.accounts.tests.factories import PersonFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def mina():
    return PersonFactory.create(name="Mina", email="mina@example.org")


@pytest.fixture
def client(mina):
    client = Client()
    client.force_login(mina)
    return client


def test_mina_changes_her_name_and_stops_mails(client, mina):
    client.post("/account/", {"name": "Mina K", "language": "en-gb"})
    mina.refresh_from_db()
    assert (mina.name, mina.wants_mail) == ("Mina K", False)


def test_a_language_that_we_do_not_have_is_refused(client, mina):
    answer = client.post("/account/", {"name": "Mina", "language": "xx"})
    assert answer.status_code == 200
    mina.refresh_from_db()
    assert mina.language == "en-gb"


@pytest.mark.parametrize("path", ["/account/", "/account/close/", "/account/2fa/"])
def test_guests_are_asked_to_sign_in(path):
    assert Client().get(path)["Location"] == f"/account/sign-in/?next={path}"


def test_signing_out_needs_a_post_and_ends_the_session_on_the_server(client):
    kept = client.cookies["session"].value
    assert client.get("/account/sign-out/").status_code == 200
    assert client.get("/account/").status_code == 200
    client.post("/account/sign-out/")
    assert not Session.objects.filter(session_key=kept).exists()
    thief = Client()
    thief.cookies["session"] = kept
    assert thief.get("/account/").status_code == 302


def test_closing_blanks_the_person_and_signs_out(client, mina):
    answer = client.post("/account/close/", {"sure": "1"})
    assert "Your account is closed" in answer.content.decode()
    mina.refresh_from_db()
    assert (mina.name, mina.email, mina.is_active) == ("", "", False)
    assert client.get("/account/").status_code == 302


def test_closing_needs_the_tick(client, mina):
    answer = client.post("/account/close/", {})
    assert "Tick the box" in answer.content.decode()
    mina.refresh_from_db()
    assert mina.is_active


def test_two_people_can_close_and_an_address_can_begin_anew(client, mina):
    other = PersonFactory.create()
    for person in (mina, other):
        each = Client()
        each.force_login(person)
        each.post("/account/close/", {"sure": "1"})
    assert Person.objects.filter(is_active=False).count() == 2
    assert PersonFactory.create(email="mina@example.org").is_active


def test_another_open_session_of_a_closed_account_is_over(client, mina):
    elsewhere = Client()
    elsewhere.force_login(mina)
    client.post("/account/close/", {"sure": "1"})
    assert elsewhere.get("/account/").status_code == 302


def test_cookies_are_kept_from_scripts_and_other_sites():
    answer = Client().post("/account/sign-in/", {"email": "mina@example.org"})
    cookie = answer.cookies["session"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"


def test_sessions_run_out_on_full_hours(client):
    for session in Session.objects.all():
        assert (session.expire_date.minute, session.expire_date.second) == (0, 0)


def test_every_column_that_points_to_a_person_can_do_what_its_class_says():
    for model, field in erasure.pointing_at(Person):
        fate = erasure.fate_of(model, field.name)
        assert fate != OnErasure.BLANK or field.null, f"{model.__name__}.{field.name}"
        if hasattr(model, "privacy") and not field.null:
            assert fate == OnErasure.DROP, f"{model.__name__}.{field.name} would name the closed"
