"""Staying in touch: a way to reach someone, apart from all they said; and stopping again."""

import json

import pytest
from django.core import serializers
from django.test import Client

from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.pages.tests.factories import (
    Author,
    author,
    boxes_in,
    cost,
    links_in,
    main_of,
    read,
)
from goldenthread.people.contacts import queries
from goldenthread.people.contacts.models import Contact, WaitingContact
from goldenthread.people.contacts.services import shuffle_in
from goldenthread.people.contacts.tests.factories import contact
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db
HOME = "Mina Moor\n4 Low Lane\nLeeds LS1 4AA"
EMAIL = {"how": "email", "value": "mina@example.org", "wants_news": "on"}


def at(house: Listening, rest: str = "stay-in-touch/") -> str:
    return f"/p/{house.project.address}/{rest}"


@pytest.mark.parametrize(
    ("how", "value", "kept"),
    [
        ("email", "mina@example.org", "mina@example.org"),
        ("phone", "07700 900 123", "07700900123"),
        ("post", HOME, HOME),
    ],
)
def test_anyone_may_leave_an_email_a_number_or_an_address(
    house: Listening, how: str, value: str, kept: str
) -> None:
    sent = Client().post(at(house), {"how": how, "value": value, "wants_news": "on"}, follow=True)
    assert sent.redirect_chain[0][0] == at(house, "")
    assert "Thank you. We will tell you what comes of it." in sent.content.decode()
    shuffle_in(now=NOW)
    one = Contact.objects.get(scope=house.project.ref)
    (opened,) = queries.opened([one])
    assert (opened.how, opened.value) == (how, kept)
    assert (opened.wants_news, opened.wants_to_help) == (True, False)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"value": "mina at home"}, "value", "It needs an @, like name@example.org."),
        ({"how": "phone", "value": "ring me"}, "value", "This does not look like a phone number"),
        ({"how": "post", "value": "Low Lane"}, "value", ""),
        ({"how": ""}, "how", "Please choose how we may reach you."),
        ({"wants_news": ""}, "wants_news", "Please tick what you would like."),
        ({"value": " "}, "value", "Please write how we may reach you."),
        ({"value": "x" * 301}, "value", "That is very long."),
    ],
)
def test_what_is_not_right_is_said_beside_the_box_and_what_was_typed_stays(
    house: Listening, given: dict[str, str], field: str, sentence: str
) -> None:
    sent = {key: value for key, value in {**EMAIL, **given}.items() if value}
    answer = Client().post(at(house), sent)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert f'id="id_{field}_error"' in shown
    assert sentence in shown
    assert boxes_in(shown) == [sent["value"].strip()]
    assert (" checked" in shown) == bool({"how", "wants_news"} & set(sent))
    assert not WaitingContact.objects.exists()


def test_the_title_tells_nobody_beside_them(house: Listening) -> None:
    assert "<title>Notes</title>" in read(Client(), at(house))


@pytest.mark.parametrize("who", ["member", "receipt"])
def test_nothing_leads_from_a_contact_to_who_spoke_or_to_what_they_said(
    house: Listening, who: str
) -> None:
    mine = author(house, who)
    read(mine.browser, mine.back)
    before = known_of(mine)
    mine.browser.post(at(house), EMAIL)
    assert traces_of(mine, WaitingContact) == []
    shuffle_in(now=NOW)
    assert traces_of(mine, Contact) == []
    assert known_of(mine) == before
    assert "mina@example.org" not in read(mine.browser, mine.back)


def known_of(mine: Author) -> tuple[int, int, set[str]]:
    """How much the record holds, and what a browser's session keeps beside the thanks."""
    kept = set(mine.browser.session.keys()) - {"_messages"}
    return Entry.objects.count(), HeldEntry.objects.count(), kept


def traces_of(mine: Author, model: type[Contact | WaitingContact]) -> list[str]:
    """What of the author, of their voice or of the day stands in the rows of a model."""
    rows = serializers.serialize("json", model.objects.all())
    assert len(json.loads(rows)) == 1
    voice = mine.voice
    known = [voice.ref, voice.receipt_id, voice.author_id, voice.words.received_on, NOW.date()]
    known += ["mina@example.org", mine.browser.session.session_key]
    return [str(each) for each in known if each and str(each) in rows]


def test_a_project_one_may_not_see_takes_no_contact(house: Listening) -> None:
    Project.objects.update(open_to=Project.OpenTo.MEMBERS)
    assert Client().post(at(house), EMAIL).status_code == 404
    assert signed_in(house.mina).post(at(house), EMAIL).status_code == 302
    assert WaitingContact.objects.count() == 1


def test_support_staff_see_whom_to_phone_or_write_to_and_no_emails_for_news(
    house: Listening,
) -> None:
    scope = house.project.ref
    contact(scope)
    contact(scope, "07700 900123", how="phone")
    contact(scope, HOME, how="post", wants_news=False, wants_to_help=True)
    shown = main_of(read(signed_in(house.priya), at(house, "contacts/")))
    assert "07700900123" in shown
    assert "By phone · wants to hear what comes of it" in shown
    assert "4 Low Lane" in shown
    assert "By post · would like to help" in shown
    assert "mina@example.org" not in shown


def test_each_time_support_staff_open_the_list_is_in_the_record(house: Listening) -> None:
    looks = Entry.objects.filter(kind="contacts.privileged-read")
    read(signed_in(house.priya), at(house, "contacts/"))
    read(signed_in(house.priya), at(house, "contacts/"))
    assert looks.count() == 2
    assert signed_in(house.tom).get(at(house, "contacts/")).status_code == 404
    assert looks.count() == 2


def test_who_would_like_to_help_by_email_reaches_support_staff(house: Listening) -> None:
    wish = {"how": "email", "value": "help@example.org", "wants_to_help": "on"}
    assert "one of them gets in touch with you" in read(Client(), at(house))
    Client().post(at(house), wish)
    shuffle_in(now=NOW)
    shown = main_of(read(signed_in(house.priya), at(house, "contacts/")))
    assert "help@example.org" in shown
    assert "By e-mail · would like to help" in shown


@pytest.mark.parametrize(
    "who", ["tom", "rosa", "dev", "cara", "ada", "mina", "nell", "stranger", None]
)
def test_for_everyone_else_there_is_no_such_page(house: Listening, who: str | None) -> None:
    contact(house.project.ref, "07700 900123", how="phone")
    browser = signed_in(getattr(house, who)) if who else Client()
    answer = browser.get(at(house, "contacts/"))
    assert (answer.status_code, b"07700" in answer.content) == (404, False)


def test_the_contacts_of_another_project_are_not_shown(house: Listening) -> None:
    contact(author(house, "receipt").voice.ref, "07700 900123", how="phone")
    shown = read(signed_in(house.priya), at(house, "contacts/"))
    assert "07700900123" not in shown
    assert "Nobody to phone or write to" in shown


def test_many_contacts_are_paged_and_three_cost_what_one_costs(house: Listening) -> None:
    priya, here = signed_in(house.priya), at(house, "contacts/")
    contact(house.project.ref, "07700 900100", how="phone")
    one = cost(priya, here)
    for last in range(1, 26):
        contact(house.project.ref, f"07700 9001{last:02}", how="phone")
    assert cost(priya, here) == one
    first = main_of(read(priya, here))
    (onward,) = [href for href in links_in(first) if href.startswith("?from=")]
    both = first + main_of(read(priya, here + onward))
    assert first.count("077009001") == 25
    assert all(both.count(f"077009001{last:02}") == 1 for last in range(26))


def test_the_link_in_every_mail_asks_first_and_then_forgets(house: Listening) -> None:
    kept, other = contact(house.project.ref), contact(house.project.ref, "other@example.org")
    href = f"/stop/{queries.token_of(kept.ref)}/"
    assert "Stop these messages?" in read(Client(), href)
    assert Contact.objects.count() == 2
    assert "We have forgotten how to reach you." in Client().post(href).content.decode()
    assert list(Contact.objects.all()) == [other]
    assert "We have forgotten how to reach you." in Client().post(href).content.decode()


def test_half_a_link_forgets_nobody_and_says_what_to_do(house: Listening) -> None:
    kept = contact(house.project.ref)
    answer = Client().post(f"/stop/{queries.token_of(kept.ref)[:-2]}/")
    assert answer.status_code == 409
    assert "Please open it from the mail again" in answer.content.decode()
    assert Contact.objects.get() == kept
