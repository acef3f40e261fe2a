"""A form of ours that was open too long: refused, given back with all that was typed; leaving."""

import re
from collections.abc import Callable
from html import unescape

import pytest
from django.test import Client

from goldenthread.debrief.replies.models import Confirmation
from goldenthread.debrief.replies.tests.factories import changed, sent
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.pages.tests.factories import asked, author, read, unpublished
from goldenthread.people.contacts import queries as contacts
from goldenthread.people.contacts.models import WaitingContact
from goldenthread.people.contacts.tests.factories import contact
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Exchange, Words
from goldenthread.safety.reading.tests.factories import released

pytestmark = pytest.mark.django_db
FROM_HERE = {"HTTP_ORIGIN": "http://testserver", "HTTP_SEC_FETCH_SITE": "same-origin"}
ELSEWHERE = {"HTTP_ORIGIN": "https://elsewhere.example", "HTTP_SEC_FETCH_SITE": "cross-site"}
LINE = 'It was "Tom & Ann" <3, by the gate.'


def strict(browser: Client) -> Client:
    """The same browser, in a house that checks where a form comes from."""
    browser.handler.enforce_csrf_checks = True
    return browser


def given_back(shown: str) -> dict[str, str]:
    hidden = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', shown)
    return {name: unescape(value) for name, value in hidden}


def send_twice(browser: Client, href: str, typed: dict[str, str]) -> int:
    """Send a form whose key has expired, then what came back; return how that is answered."""
    answer = strict(browser).post(href, typed, **FROM_HERE)
    shown = answer.content.decode()
    assert answer.status_code == 403
    assert "Nothing has been sent yet." in shown
    assert f'action="{href}"' in shown
    back = given_back(shown)
    assert back.items() >= typed.items()
    return browser.post(href, back, **FROM_HERE).status_code


@pytest.mark.parametrize("who", ["member", "receipt"])
@pytest.mark.parametrize(("act", "words"), [("answer/", asked), ("object/", unpublished)])
def test_a_line_to_the_reader_is_given_back_and_arrives_once(
    house: Listening, who: str, act: str, words: Callable[[Listening], Words]
) -> None:
    mine = author(house, who, words(house))
    assert send_twice(mine.browser, mine.at(act), {"text": LINE}) == 302
    assert Exchange.objects.filter(by=None).get().text == LINE


def test_an_answer_on_a_change_is_given_back(house: Listening) -> None:
    mine = author(house, "receipt", released(project=house.project))
    change = changed(house, [mine.voice])
    sent(house, "change", change)
    read(mine.browser, mine.back)
    with clock.frozen(NOW.replace(month=7)):
        typed = {"answer": "no", "text": LINE}
        assert send_twice(mine.browser, mine.at(f"confirm/{change.ref}/"), typed) == 302
    given = Confirmation.objects.get()
    assert (given.answer, given.words and given.words.text) == ("no", LINE)


def test_a_way_to_reach_someone_is_given_back(house: Listening) -> None:
    typed = {"how": "email", "value": "mina@example.org", "wants_news": "on"}
    assert send_twice(Client(), f"/p/{house.project.address}/stay-in-touch/", typed) == 302
    assert WaitingContact.objects.count() == 1


def test_nothing_is_taken_back_closed_or_forgotten_without_a_key(house: Listening) -> None:
    mine = author(house, "receipt")
    token = contacts.token_of(contact(house.project.ref).ref)
    ways = [mine.at("take-back/"), "/receipt/close/", "/receipt/close-for-good/"]
    strict(mine.browser)
    for href in ways:
        assert mine.browser.post(href, **ELSEWHERE).status_code == 403, href
    assert Words.objects.get(ref=mine.voice.ref).state == "held"
    assert "You said it" in read(mine.browser, mine.back)
    for other in ("no-key", token[:-1], f"{token}x"):
        assert mine.browser.post(f"/stop/{other}/", **ELSEWHERE).status_code == 409, other
    read(mine.browser, f"/stop/{token}/")  # programs that look at links forget nothing
    assert contacts.address_of(contacts.wanting_news(house.project.ref).get().ref)


def test_the_key_in_a_mail_stops_it_without_the_site(house: Listening) -> None:
    token = contacts.token_of(contact(house.project.ref).ref)
    answer = strict(Client()).post(f"/stop/{token}/", **ELSEWHERE)  # as mail programs do
    assert answer.status_code == 200
    assert not contacts.wanting_news(house.project.ref).exists()


def test_what_another_site_sends_is_not_offered_again(house: Listening) -> None:
    mine = author(house, "receipt", asked(house))
    answer = strict(mine.browser).post(mine.at("answer/"), {"text": LINE}, **ELSEWHERE)
    assert answer.status_code == 403
    assert given_back(answer.content.decode()) == {}
    assert not Exchange.objects.filter(by=None).exists()


@pytest.mark.parametrize("who", ["member", "receipt"])
def test_leaving_puts_away_account_and_receipt_and_clears_the_browser(
    house: Listening, who: str
) -> None:
    mine = author(house, who)
    key = mine.browser.session.session_key
    answer = mine.browser.get("/leave/")
    assert (answer.status_code, answer["Cache-Control"]) == (303, "no-store")
    assert "testserver" not in answer["Location"]
    assert answer["Clear-Site-Data"] == '"cache", "cookies", "storage"'
    again = Client()
    again.cookies["session"] = key or ""
    shown = again.get(mine.back)
    assert b"You said it" not in shown.content
    assert shown.status_code == (302 if who == "member" else 200)


def test_leaving_works_for_those_who_were_never_in(house: Listening) -> None:
    assert Client().get("/leave/").status_code == 303
    assert signed_in(house.tom).get("/leave/").status_code == 303
