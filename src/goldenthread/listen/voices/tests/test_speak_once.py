"""R6: a double click, Back, a retry: one voice, one receipt, the same page."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import form_data, signed_in, spoken
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words

STAYS = "Who may know whose they are stays as you sent it first."
QUOTING_STAYS = "Whether we may quote them stays as it was sent first."


def send(project: Project, data: dict[str, Any]) -> tuple[int, str]:
    """Send the form from a browser of its own and open the page it leads to."""
    try:
        browser = Client()
        answer = browser.post(reverse("voices:speak", args=[project.address]), data, follow=True)
        return answer.status_code, code_on(answer.content.decode())
    finally:
        connection.close()


def code_on(page: str) -> str:
    found = re.search(r'id="code">([^<]+)<', page)
    return found.group(1) if found else ""


def together(project: Project, forms: list[dict[str, Any]]) -> list[tuple[int, str]]:
    with clock.frozen(NOW), ThreadPoolExecutor(max_workers=10) as pool:
        return list(pool.map(lambda data: send(project, data), forms))


@pytest.mark.django_db(transaction=True)
def test_twenty_posts_of_one_form_at_once_make_one_voice_and_show_one_receipt() -> None:
    project = listening_project().project
    with clock.frozen(NOW):
        data = form_data(project)
    answers = together(project, [data] * 20)
    assert {status for status, _code in answers} == {200}
    assert len({code for _status, code in answers}) == 1
    assert answers[0][1]
    assert (Voice.objects.count(), Words.objects.count(), Receipt.objects.count()) == (1, 1, 1)


@pytest.mark.django_db(transaction=True)
def test_control_twenty_forms_of_their_own_make_twenty_voices() -> None:
    project = listening_project().project
    with clock.frozen(NOW):
        forms = [form_data(project) for _each in range(20)]
    answers = together(project, forms)
    assert len({code for _status, code in answers}) == 20
    assert (Voice.objects.count(), Receipt.objects.count()) == (20, 20)


@pytest.mark.django_db
def test_the_code_is_derived_again_and_stored_nowhere() -> None:
    project = listening_project().project
    key = formkeys.draw()
    first, second = spoken(project, form_key=key), spoken(project, form_key=key)
    assert first.code == second.code
    assert first.voice == second.voice
    secret = first.code.replace("-", "")[4:]
    for model in (Receipt, Voice, Words):
        for row in model.objects.values():
            assert secret not in str(row)
            assert key.hex not in str(row).replace("-", "")


@pytest.mark.django_db
def test_who_kept_no_receipt_gets_none_when_the_form_is_sent_again() -> None:
    project = listening_project().project
    key = formkeys.draw()
    spoken(project, form_key=key, keep_receipt=False)
    assert spoken(project, form_key=key, keep_receipt=True).code is None
    assert not Receipt.objects.exists()


@pytest.mark.django_db
def test_other_words_under_the_same_key_are_not_lost_but_offered_as_a_second_voice() -> None:
    project = listening_project().project
    browser, href = Client(), reverse("voices:speak", args=[project.address])
    with clock.frozen(NOW):
        data = form_data(project)
        browser.post(href, data)
        again = browser.post(href, {**data, "text": "Something else came to my mind."})
    assert again.status_code == 200
    form = again.context["form"]
    assert "Something else came to my mind." in again.content.decode()
    assert form["form_key"].value() != data["form_key"]
    with clock.frozen(NOW + timedelta(seconds=10)):
        resent = {**data, "text": form["text"].value(), "form_key": form["form_key"].value()}
        assert browser.post(href, resent).status_code == 302
    assert Voice.objects.count() == 2


def sent_twice(browser: Client, project: Project, first: Any, then: Any) -> Any:
    """Send a page, go back to it, change something, and send it again."""
    href = reverse("voices:speak", args=[project.address])
    with clock.frozen(NOW):
        data = form_data(project, **first)
        assert browser.post(href, data).status_code == 302
        changed = {name: value for name, value in {**data, **then}.items() if value is not None}
        return browser.post(href, changed)


@pytest.mark.django_db
@pytest.mark.parametrize("box", ["would_have_helped", "content_note"])
def test_words_added_in_another_box_are_offered_as_a_second_voice_too(box: str) -> None:
    project = listening_project().project
    again = sent_twice(Client(), project, {}, {box: "A letter."})
    text = again.content.decode()
    assert "To send these words as well, press send again." in text
    assert "A letter." in text
    assert Voice.objects.count() == 1


CHOICES = [
    ({"known_as": "named", "given_name": "Jo"}, {"known_as": "unlinked"}, STAYS),
    ({"known_as": "named", "given_name": "Jo"}, {"given_name": "Joan"}, STAYS),
    ({"known_as": "support", "given_name": "Jo"}, {"known_as": "unlinked"}, STAYS),
    ({"known_as": "support", "given_name": "Jo"}, {"given_name": "Joan"}, STAYS),
    ({}, {"known_as": "named", "given_name": "Jo"}, STAYS),
    ({"quote": "1"}, {"quote": None}, QUOTING_STAYS),
    ({}, {"quote": "1"}, QUOTING_STAYS),
    ({"quote": "1", "receipt": "none"}, {"quote": None}, "nothing leads back to them"),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "then", "says"), CHOICES)
def test_another_choice_under_the_same_key_is_not_taken_for_done(
    first: Any, then: Any, says: str
) -> None:
    again = sent_twice(Client(), listening_project().project, first, then)
    assert again.status_code == 200
    assert says in again.content.decode()
    assert Voice.objects.get().known_as == first.get("known_as", "unlinked")


@pytest.mark.django_db
def test_a_member_who_goes_back_to_be_nobody_hears_that_their_name_stays() -> None:
    around = listening_project()
    browser = signed_in(around.mina)
    again = sent_twice(browser, around.project, {"known_as": "named"}, {"known_as": "unlinked"})
    assert STAYS in again.content.decode()
    assert Voice.objects.get().author == around.mina


@pytest.mark.django_db
@pytest.mark.parametrize("known_as", ["named", "support"])
def test_control_with_the_same_choices_it_is_the_same_voice(known_as: str) -> None:
    first = {"known_as": known_as, "given_name": "Jo", "quote": "1", "would_have_helped": "A  b"}
    again = sent_twice(
        Client(), listening_project().project, first, {"would_have_helped": "A\r\nb "}
    )
    assert again.status_code == 302
    assert Voice.objects.count() == 1


def test_a_key_is_random_and_its_receipt_has_eighty_bits_that_only_we_can_derive() -> None:
    keys = {formkeys.draw() for _each in range(1000)}
    assert len(keys) == 1000
    codes = [formkeys.code_of(key, "K7M3") for key in keys]
    assert len({code.secret for code in codes}) == 1000
    letters = {letter for code in codes for letter in code.secret}
    assert len(letters) == 32
    assert all(len(code.secret) == 16 for code in codes)
