"""Coming in with a printed card: its code, and six figures that only its owner knows."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.people.accounts.models import Person, SignInTry
from goldenthread.people.accounts.services import close_account
from goldenthread.people.keycards import services
from goldenthread.people.keycards.again import stopped
from goldenthread.people.keycards.models import KeyCard, Number
from goldenthread.people.keycards.tests.factories import with_card
from goldenthread.thread import journal

NOW = datetime(2026, 3, 10, 10, 5, tzinfo=UTC)
NUMBER = "290417"
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def at_ten():
    with clock.frozen(NOW):
        yield


@pytest.fixture
def joan():
    return with_card("Joan", now=NOW)


def is_signed_in(client):
    return client.get("/account/").status_code == 200


def type_code(client, code):
    return client.post("/card/", {"code": code})


def choose(client, number=NUMBER):
    return client.post("/card/number/", {"number": number, "again": number})


def come_in(code, number=NUMBER):
    """Sign in on a new device."""
    client = Client()
    type_code(client, code)
    client.post("/card/number/", {"number": number, "again": number})
    return client


def test_the_first_time_joan_chooses_six_numbers_and_is_in(client, joan):
    _person, code = joan
    assert type_code(client, code)["Location"] == "/card/number/"
    assert not is_signed_in(client)
    page = client.get("/card/number/").content.decode()
    assert "Choose your six numbers" in page
    choose(client)
    assert is_signed_in(client)
    assert "You have no e-mail address here." in client.get("/account/").content.decode()


def test_later_she_types_them_again(joan):
    code = joan[1]
    come_in(code)
    assert is_signed_in(come_in(code))
    assert not is_signed_in(come_in(code, "290418"))


def test_small_letters_spaces_and_letters_that_look_alike_do_not_matter(joan):
    code = joan[1]
    typed = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert is_signed_in(come_in(typed))


def test_no_address_alone_signs_anybody_in(client, joan):
    code = joan[1]
    for path in (f"/card/?code={code}", f"/card/{code}/", "/card/number/"):
        client.get(path)
        assert not is_signed_in(client)
    assert client.get("/card/number/")["Location"] == "/card/"


def test_whoever_made_the_card_is_asked_for_numbers_they_do_not_know(joan):
    """The administrator who prints a new card holds its code, and still is not Joan."""
    person, code = joan
    come_in(code)
    new = services.make(person=person, now=NOW)
    client = Client()
    type_code(client, new)
    assert "You chose them" in client.get("/card/number/").content.decode()
    choose(client, "805511")
    assert not is_signed_in(client)
    assert is_signed_in(come_in(new))


def test_the_old_card_stops_at_once_and_so_does_what_it_opened(joan):
    person, code = joan
    client = come_in(code)
    half_way = Client()
    type_code(half_way, code)
    new = services.make(person=person, now=NOW)
    assert not is_signed_in(client)
    assert half_way.post("/card/number/", {"number": NUMBER}).status_code == 200
    assert not is_signed_in(half_way)
    assert not is_signed_in(come_in(code))
    assert is_signed_in(come_in(new))


def test_a_stopped_card_opens_nothing_also_after_a_restore(joan):
    person, code = joan
    client = come_in(code)
    kept = KeyCard.objects.get()
    services.stop(person=person, now=NOW)
    assert not is_signed_in(client)
    assert not is_signed_in(come_in(code))
    kept.save(force_insert=True)  # as an old backup would bring it back
    acts = [act for act in journal.noted(journal.folder()) if act.kind == services.STOPPED]
    assert stopped(acts, now=NOW) == 1
    assert not KeyCard.objects.exists()


def test_a_card_ends_after_a_year(joan):
    code = joan[1]
    come_in(code)
    with clock.frozen(NOW + timedelta(days=365)):
        assert is_signed_in(come_in(code))
    with clock.frozen(NOW + timedelta(days=366)):
        assert "it has stopped" in type_code(Client(), code).content.decode()


def test_ten_wrong_numbers_block_the_card_over_sessions(joan):
    person, code = joan
    come_in(code)
    for _ in range(services.A_DRAWER - 1):
        come_in(code, "805511")
    with clock.frozen(NOW + timedelta(hours=1)):  # the drawer counts anew
        come_in(code, "805511")
        assert not is_signed_in(come_in(code))
        assert is_signed_in(come_in(services.make(person=person, now=clock.now())))


def test_a_right_number_forgives_the_wrong_ones(joan):
    code = joan[1]
    come_in(code)
    come_in(code, "805511")
    come_in(code)
    assert KeyCard.objects.get().misses == 0


def test_tries_of_one_drawer_are_limited_by_the_hour_and_name_nobody(joan):
    code = joan[1]
    wrong = code[:4] + "-0000-0000"
    for _ in range(services.A_DRAWER):
        type_code(Client(), wrong)
    answer = type_code(Client(), code).content.decode()
    assert "tried too often" in answer
    assert code[:4] not in str(SignInTry.objects.values_list("mark", flat=True))
    with clock.frozen(NOW + timedelta(hours=1)):
        assert is_signed_in(come_in(code))


def test_beyond_the_limit_of_the_site_one_try_at_a_time_is_let_in(joan, monkeypatch):
    monkeypatch.setattr(services, "THE_SITE", 3)
    for at in range(3):
        type_code(Client(), f"000{at}-0000-0000")
    assert "Many cards" not in type_code(Client(), "0009-0000-0000").content.decode()
    assert "Many cards" in type_code(Client(), joan[1]).content.decode()
    with clock.frozen(NOW + timedelta(seconds=services.ONE_IN_SECONDS)):
        assert is_signed_in(come_in(joan[1]))


def test_known_and_unknown_drawers_look_the_same(joan):
    code = joan[1]
    texts = [
        TOKEN.sub("", type_code(Client(), wrong).content.decode().replace(wrong, ""))
        for wrong in (code[:4] + "-0000-0000", "ZZZ9-0000-0000")
    ]
    assert "We cannot find this card" in texts[0]
    assert texts[0] == texts[1]


@pytest.mark.parametrize("easy", ["111111", "123456", "987654", "121212", "123123", "890123"])
def test_easy_numbers_are_refused(client, joan, easy):
    type_code(client, joan[1])
    assert "too easy to guess" in choose(client, easy).content.decode()
    assert not Number.objects.exists()


def test_two_different_numbers_and_letters_are_sent_back(client, joan):
    type_code(client, joan[1])
    answer = client.post("/card/number/", {"number": NUMBER, "again": "290418"}).content.decode()
    assert "not the same six numbers" in answer
    assert "Type six numbers" in choose(client, "29 04 17").content.decode()


def test_nothing_that_opens_is_kept(joan):
    person, code = joan
    come_in(code)
    card, number = KeyCard.objects.get(), Number.objects.get()
    for secret in (code, code.replace("-", ""), code.replace("-", "")[4:], NUMBER):
        assert secret.encode() not in bytes(card.auth) + bytes(number.auth)
    assert card.person == number.person == person


def test_closing_the_account_takes_card_and_numbers_along(joan):
    person, code = joan
    come_in(code)
    close_account(by=person, now=NOW)
    assert not KeyCard.objects.exists()
    assert not Number.objects.exists()
    assert not is_signed_in(come_in(code))


def test_nobody_with_an_address_gets_a_card(joan):
    other = Person.objects.create(name="Ada", email="ada@example.org", joined_on=NOW.date())
    with pytest.raises(services.Refusal, match="needs no card"):
        services.make(person=other, now=NOW)
