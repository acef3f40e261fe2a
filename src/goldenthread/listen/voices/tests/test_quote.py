"""The box for being quoted: by itself, never ticked, not for children, and in the commitment."""

import re
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.listen.voices import formkeys, services
from goldenthread.listen.voices.models import Draft, Voice
from goldenthread.listen.voices.tests.factories import form_data, signed_in, spoken
from goldenthread.people.receipts.models import Receipt
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.consent.models import Consent
from goldenthread.safety.consent.tests.factories import of_children
from goldenthread.safety.consent.wordings import QUOTE, REACH, today

pytestmark = pytest.mark.django_db
BOX = re.compile(r'<input[^>]*name="quote"[^>]*>')


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def project() -> Project:
    return listening_project().project


def speak(project: Project) -> str:
    return reverse("voices:speak", args=[project.address])


def shown(browser: Client, href: str, sent: Any = None) -> str:
    answer = browser.get(href) if sent is None else browser.post(href, sent)
    return unescape(answer.content.decode())


def test_the_box_stands_by_itself_is_not_ticked_and_says_what_it_is(project: Project) -> None:
    page = shown(Client(), speak(project))
    [box] = BOX.findall(page)
    assert "checked" not in box
    assert today(QUOTE).statement in page


def test_left_alone_nothing_is_agreed_to(project: Project) -> None:
    Client().post(speak(project), form_data(project))
    voice = Voice.objects.get()
    assert voice.words.consented == ""
    assert not Consent.objects.exists()


def test_ticked_it_is_kept_with_the_version_and_the_day_and_holds_in_the_commitment(
    project: Project,
) -> None:
    Client().post(speak(project), form_data(project, quote="1"))
    given = Consent.objects.get()
    assert (given.purpose, given.version, given.how) == (QUOTE, 1, "form")
    assert given.given_on == clock.today(NOW)
    assert given.words.consented == "quote.1"
    assert given.words_id == Voice.objects.get().pk


def test_a_tick_beside_an_older_sentence_is_asked_again_and_no_word_is_lost(
    project: Project,
) -> None:
    page = shown(Client(), speak(project), form_data(project, quote="99"))
    assert "We have changed this sentence. Please read it again." in page
    assert "Nobody told me how long the wait would be." in page
    assert not Voice.objects.exists()


def test_sent_twice_it_is_one_consent(project: Project) -> None:
    key = formkeys.draw()
    first, second = (spoken(project, form_key=key, quote=1) for _time in range(2))
    assert first.voice == second.voice
    assert Consent.objects.count() == 1


def test_where_under_18s_speak_there_is_no_box_and_a_tick_counts_for_nothing(
    project: Project,
) -> None:
    of_children(project)
    assert BOX.findall(shown(Client(), speak(project))) == []
    Client().post(speak(project), form_data(project, quote="1"))
    assert Voice.objects.count() == 1
    assert not Consent.objects.exists()


def test_looking_at_what_others_said_keeps_the_tick_and_a_draft_does_not(
    project: Project,
) -> None:
    looked = shown(Client(), speak(project), form_data(project, quote="1", act="look"))
    assert "checked" in BOX.findall(looked)[0]
    around = listening_project()
    browser = signed_in(around.mina)
    browser.post(speak(around.project), form_data(around.project, quote="1", act="save"))
    assert Draft.objects.exists()
    [box] = BOX.findall(shown(browser, speak(around.project)))
    assert "checked" not in box


def test_on_paper_the_facilitator_says_whether_the_person_ticked_it() -> None:
    around = listening_project()
    href = reverse("voices:paper", args=[around.project.address])
    browser = signed_in(around.tom)
    [box] = BOX.findall(shown(browser, href))
    assert "checked" not in box
    sent = form_data(around.project, quote="1")
    browser.post(href, sent)
    assert Consent.objects.get().how == "paper"
    of_children(around.project)
    assert BOX.findall(shown(browser, href)) == []


def test_letting_the_support_team_know_is_a_consent_of_its_own(project: Project) -> None:
    page = shown(Client(), speak(project))
    assert today(REACH).statement in page
    said = spoken(project, known_as="support", given_name="Una, by the gate", quote=1)
    assert said.voice.words.consented == "quote.1 reach.1"
    assert set(Consent.objects.values_list("purpose", flat=True)) == {QUOTE, REACH}


@pytest.mark.parametrize("known_as", ["unlinked", "named"])
def test_nobody_else_agrees_to_be_reached(project: Project, known_as: str) -> None:
    spoken(project, known_as=known_as, given_name="Una")
    assert not Consent.objects.exists()


def test_what_a_class_says_is_never_quoted(project: Project) -> None:
    said = services.speaking.speak_in_class(
        project=project, form_key=formkeys.draw(), text="Ring.", keep_receipt=True, now=NOW
    )
    assert said.voice.words.consented == ""
    assert Receipt.objects.count() == 1
    assert not Consent.objects.exists()


def test_those_who_may_quote_find_the_list_where_themes_are_made() -> None:
    around = listening_project()
    there = f"/p/{around.project.address}/"
    for person in (around.tom, around.cara):
        assert f'href="{there}quotes/"' in shown(signed_in(person), f"{there}themes/work/")
    for page in ("board/", "themes/", ""):
        assert f'href="{there}quotes/"' not in shown(signed_in(around.mina), f"{there}{page}")
