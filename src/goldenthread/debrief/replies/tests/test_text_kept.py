"""What someone typed is not lost when the thing moved on meanwhile: it meets a refusal."""

import pytest
from django.test import Client

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies.models import Reply
from goldenthread.debrief.replies.services import send_reply
from goldenthread.debrief.replies.tests.factories import GOOD, by_nobody, by_receipt, sent, written
from goldenthread.kit import clock
from goldenthread.listen.questions.tests.factories import asked
from goldenthread.listen.themes import services as themes
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import listening_project

pytestmark = pytest.mark.django_db
TYPED = {**GOOD, "text": "You told us that nobody writes. Tom writes to each of you on Monday."}


@pytest.fixture(autouse=True)
def _clock():
    with clock.frozen(LATER):
        yield


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def theme(house):
    return agreed_theme(house, [by_receipt(house).ref])


def at(house, rest):
    return f"/p/{house.project.address}/{rest}"


def post(house, rest):
    answer = signed_in(house.tom).post(at(house, rest), TYPED)
    assert answer.status_code == 200
    shown = answer.content.decode()
    assert TYPED["text"] in shown
    return shown


def merged(house, theme):
    other = agreed_theme(house, [by_receipt(house).ref], title="Evening hours")
    themes.merge(by=house.tom, themes=[theme], into=other, now=LATER)


def test_a_draft_that_was_sent_meanwhile(house, theme):
    draft = written(house, "theme", theme)
    send_reply(by=house.cara, reply=draft, now=LATER)
    assert "This answer has gone out." in post(house, f"replies/{draft.ref}/edit/")
    draft.refresh_from_db()
    assert draft.text == GOOD["text"]
    assert signed_in(house.tom).get(at(house, f"replies/{draft.ref}/edit/")).status_code == 404


def test_a_theme_that_was_merged_meanwhile(house, theme):
    draft = written(house, "theme", theme)
    merged(house, theme)
    for rest in (f"replies/{draft.ref}/edit/", f"replies/new/?about=theme:{theme.ref}"):
        shown = post(house, rest)
        assert "It may have been merged." in shown
        assert "People wait for weeks and hear nothing." not in shown
        assert signed_in(house.tom).get(at(house, rest)).status_code == 404
    assert Reply.objects.get().text == GOOD["text"]


def test_words_that_were_taken_back_meanwhile_stay_hidden(house):
    voice = by_nobody(house)
    voice.words.state, voice.words.withdrawn_on = "withdrawn", LATER.date()
    voice.words.save()
    shown = post(house, f"replies/new/?about=voice:{voice.ref}")
    assert "There is nothing here to answer." in shown
    assert voice.words.text not in shown


def test_a_question_that_was_answered_meanwhile(house):
    question = asked(house)
    sent(house, "question", question)
    shown = post(house, f"questions/{question.ref}/answer/")
    assert "There is nothing here to answer." in shown
    assert Reply.objects.count() == 1


@pytest.mark.parametrize("about", ["", "theme:", "theme:none", "x:{ref}"])
def test_what_names_nothing_is_not_there_however_it_is_sent(house, theme, about):
    address = at(house, "replies/new/?about=" + about.format(ref=theme.ref))
    assert signed_in(house.tom).post(address, TYPED).status_code == 404


def test_strangers_learn_nothing(house, theme):
    draft = written(house, "theme", theme)
    send_reply(by=house.tom, reply=draft, now=LATER)
    for client in (Client(), signed_in(house.mina), signed_in(house.stranger)):
        for rest in (f"replies/{draft.ref}/edit/", f"replies/new/?about=theme:{theme.ref}"):
            assert client.post(at(house, rest), TYPED).status_code == 404
