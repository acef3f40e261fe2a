"""Answering one voice by name, saying what changed because of it; and answering a question once."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies import rounds, services
from goldenthread.debrief.replies.about import unanswered
from goldenthread.debrief.replies.claims import Claim
from goldenthread.debrief.replies.models import Confirmation, Reply, Told
from goldenthread.debrief.replies.queries import signature_of
from goldenthread.debrief.replies.tests.factories import (
    GOOD,
    by_member,
    by_nobody,
    by_receipt,
    changed,
    sent,
    written,
)
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.listen.questions import services as questions
from goldenthread.listen.questions.models import Question
from goldenthread.listen.questions.tests.factories import asked, option, replied
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import VoiceFactory, holder_of, signed_in
from goldenthread.people.contacts import services as contacts
from goldenthread.people.contacts.tasks import shuffle_in
from goldenthread.people.notifications.models import Letter
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.thread.models import Entry
from goldenthread.thread.queries import what_came_of

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=60)
CLAIM = {
    "what_is_different": "Whoever waits hears each Monday where they stand on the list.",
    "evidence": "Tom counted the messages in March and showed them to the panel.",
    "since_on": NOW.date() - timedelta(days=40),
}


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield listening_project()


def answered(house: Listening, voice: Voice, **given: Any) -> Reply:
    """Answer one voice as a facilitator does, and let the round carry it."""
    said = {"by": house.tom, "project": house.project, "now": NOW, **GOOD, **given}
    draft = services.write_reply(about_kind="voice", about=voice.ref, **said)
    reply = services.send_reply(by=house.tom, reply=draft, now=NOW)
    rounds.carry_out(now=NOW)
    reply.refresh_from_db()
    return reply


def test_a_named_answer_reaches_the_one_who_said_it_and_nobody_else(house: Listening) -> None:
    contacts.leave(
        scope=house.project.ref,
        how="email",
        value="a@b.example",
        wants_news=True,
        wants_to_help=False,
        now=NOW,
    )
    shuffle_in(now=NOW)
    mine, other = by_member(house), by_member(house)
    reply = answered(house, mine)
    rounds.write_news(now=NOW + timedelta(days=1))
    assert (reply.state, reply.to_reach, reply.reached) == (Reply.State.SENT, 1, 1)
    assert [told.voice for told in Told.objects.all()] == [mine]
    assert [letter.person for letter in Letter.objects.all()] == [house.mina]  # no news to all
    page = reverse("voices:voice", args=[house.project.address, mine.ref])
    text = Client().get(page).content.decode()
    assert "Signed by Ann Lee, head of counselling." in text
    own = signed_in(house.mina).get(reverse("pages:my_voice", args=[mine.ref])).content.decode()
    assert "You have an answer" in own
    assert Told.objects.get().state == Told.State.OPENED
    assert (
        "Signed by"
        not in Client().get(page.replace(str(mine.ref), str(other.ref))).content.decode()
    )
    assert rounds.catch_up(now=NOW) == 0


@pytest.mark.parametrize("state", ["held", "unpublished", "withdrawn"])
def test_what_is_not_shown_is_not_answered(house: Listening, state: str) -> None:
    voice, draft_on = VoiceFactory.create(words__project=house.project), by_nobody(house)
    given = {"unpublished_because": "method"} if state == "unpublished" else {}
    for name, value in {"state": state, **given}.items():
        setattr(voice.words, name, value)
    voice.words.save()
    with pytest.raises(Refusal, match="nothing here to answer"):
        written(house, "voice", voice)
    draft = written(house, "voice", draft_on)
    draft_on.words.state, draft_on.words.withdrawn_on = "withdrawn", NOW.date()
    draft_on.words.save()
    with pytest.raises(Refusal, match="nothing here to answer"):
        services.send_reply(by=house.tom, reply=draft, now=NOW)
    elsewhere = by_nobody(listening_project())
    with pytest.raises(Refusal, match="nothing here to answer"):
        written(house, "voice", elsewhere)
    with pytest.raises(Refusal, match="Only the people who run"):
        written(house, "voice", by_nobody(house), by=house.mina)


def test_a_claimed_change_says_what_and_since_when_and_its_author_says_whether_it_is_so(
    house: Listening,
) -> None:
    voice = by_member(house)
    reply = answered(house, voice, claim=Claim(**CLAIM))
    change = Change.objects.get()
    assert (reply.change, change.action, change.project) == (change, None, house.project)
    assert change.what_is_different == CLAIM["what_is_different"]
    assert what_came_of([voice.ref], "change") == [change.ref]
    assert len(unanswered(house.project)) == 0  # told by the very reply that claims it
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["change.claimed", "reply.sent", "reply.arrived"]
    browser, address = signed_in(house.mina), house.project.address
    own = browser.get(reverse("pages:my_voice", args=[voice.ref])).content.decode()
    assert "Has it changed for you?" in own
    confirm = reverse("pages:confirm", args=[voice.ref, change.ref])
    assert Client().post(confirm, {"answer": "yes"}).status_code in {404, 409}
    browser.post(confirm, {"answer": "partly"})
    assert Confirmation.objects.get().answer == "partly"
    for page in (
        reverse("plans:change", args=[address, change.ref]),
        reverse("replies:reply", args=[address, reply.ref]),
        reverse("voices:voice", args=[address, voice.ref]),
    ):
        assert "hears each Monday where they stand" in Client().get(page).content.decode()


def test_a_change_that_is_there_is_tied_to_the_voice_and_still_owed_to_the_others(
    house: Listening,
) -> None:
    change, voice = changed(house, [by_nobody(house)]), by_receipt(house)
    reply = answered(house, voice, claim=Claim(change=change))
    assert (reply.change, Change.objects.count()) == (change, 1)
    assert what_came_of([voice.ref], "change") == [change.ref]
    assert change in unanswered(house.project).changes


@pytest.mark.parametrize(
    ("claim", "message"),
    [
        ({"what_is_different": "It is done now, all done."}, "is not a change"),
        ({"evidence": "Yes."}, "how anyone can tell"),
        ({"since_on": None}, "since when"),
        ({"since_on": NOW.date() + timedelta(days=1)}, "happened already"),
    ],
)
def test_a_claim_that_does_not_say_what_changed_is_refused(
    house: Listening, claim: dict[str, Any], message: str
) -> None:
    voice = by_nobody(house)
    with pytest.raises(Refusal, match=message):
        written(house, "voice", voice, claim=Claim(**{**CLAIM, **claim}), now=NOW)
    theme = changed(house, [voice])
    with pytest.raises(Refusal, match="Only a reply to one voice"):
        written(house, "change", theme, claim=Claim(**CLAIM))
    assert not Reply.objects.filter(claims__gt="").exists()


def test_the_page_to_answer_is_signed_by_who_writes_and_looked_through(house: Listening) -> None:
    voice = by_nobody(house)
    href = f"{reverse('replies:write', args=[house.project.address])}?about=voice:{voice.ref}"
    page = reverse("voices:voice", args=[house.project.address, voice.ref])
    browser = signed_in(house.tom)
    assert href in browser.get(page).content.decode()
    assert href not in Client().get(page).content.decode()
    assert Client().get(href).status_code == 404
    assert signature_of(house.tom, house.project) == "Tom, facilitator"
    assert "Tom, facilitator" in browser.get(href).content.decode()
    poor = {"text": "Noted.", "happens_next": "Soon.", "signed_by": "The team", "check": "1"}
    assert "This could be better." in browser.post(href, poor).content.decode()
    half = {**GOOD, "what_is_different": CLAIM["what_is_different"]}
    assert "Say since when it is so." in browser.post(href, half).content.decode()
    done = browser.post(href, {**GOOD, **CLAIM})
    draft = browser.get(done.url).content.decode()
    assert "Send it to this person" in draft
    assert "hears each Monday where they stand" in draft
    edit = browser.get(done.url + "edit/").content.decode()
    assert "Tom counted the messages" in edit


def test_a_question_is_answered_once_for_everyone_who_replied(house: Listening) -> None:
    question = asked(house)
    member = replied(question, by=house.mina, known_as="named", text="Tuesday suits me.")
    guest = replied(question, text="A Sunday for me.")
    replied(question, option=option(question))
    href = reverse("replies:answer_question", args=[house.project.address, question.ref])
    browser = signed_in(house.tom)
    page = reverse("questions:question", args=[house.project.address, question.ref])
    questions.end(by=house.tom, question=question, now=NOW)
    assert href in browser.get(page).content.decode()
    assert href not in Client().get(page).content.decode()
    assert Client().get(href).status_code == 404
    drafted = browser.post(href, GOOD)
    assert browser.post(href, GOOD).url == drafted.url  # one draft, however often it is begun
    browser.post(drafted.url + "send/")
    rounds.carry_out(now=NOW)
    assert member.spoken
    assert guest.spoken
    told = {told.voice_id: told.state for told in Told.objects.all()}
    voices = [member.spoken.voice.ref, guest.spoken.voice.ref]
    assert told == dict.fromkeys(voices, Told.State.WAITING)
    assert [letter.person for letter in Letter.objects.all()] == [house.mina]
    services.opened(voices=[guest.spoken.voice], now=NOW)
    assert holder_of(guest.spoken).receipt
    assert Told.objects.get(voice=voices[1]).state == Told.State.OPENED
    question.refresh_from_db()
    assert question.state == Question.State.ANSWERED
    text = Client().get(page).content.decode()
    assert GOOD["text"] in text
    assert GOOD["signed_by"] in text
    assert browser.get(href).status_code == 404
    with pytest.raises(Refusal, match="nothing here to answer"):
        written(house, "question", question)


def test_answering_an_open_question_ends_it(house: Listening) -> None:
    question = asked(house)
    assert sent(house, "question", question).state == Reply.State.SENT
    question.refresh_from_db()
    assert (question.state, question.answer) == (Question.State.ANSWERED, GOOD["text"])
    with pytest.raises(Refusal, match="has ended"):
        replied(question, option=option(question), now=NOW)
