"""An answer to one voice goes where the words go, and tells nothing of how it reached a person."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.debrief.replies import tasks
from goldenthread.debrief.replies.claims import Claim
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.debrief.replies.tests.factories import GOOD, by_member, by_receipt, written
from goldenthread.debrief.replies.tests.test_one_to_one import CLAIM, answered
from goldenthread.kit import clock
from goldenthread.kit.erasure import erase
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import RECEIPT, Guest, sealed_receipt
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.registry import describe
from goldenthread.thread.verifying import verify

pytestmark = pytest.mark.django_db
SAID, DIFFERENT = GOOD["text"], CLAIM["what_is_different"]


@pytest.fixture
def house(tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield listening_project()


def whom(house: Listening, reply: Reply, name: str) -> tuple[bool, bool, bool]:
    """Whether somebody reads the answer on its page, in the list, and on the thread."""
    person = getattr(house, name, None)
    browser, speaker = (signed_in(person), person) if person else (Client(), Guest())
    address = house.project.address
    shown = browser.get(reverse("replies:reply", args=[address, reply.ref])).content.decode()
    listed = browser.get(reverse("replies:list", args=[address])).content.decode()
    thread = describe("reply", [reply.ref], visible_to=speaker)
    assert (SAID in shown) == (DIFFERENT in shown) == (CLAIM["evidence"] in shown)
    return SAID in shown, SAID[:40] in listed, reply.ref in thread


def test_an_answer_to_one_voice_is_read_where_the_words_are_and_goes_with_them(
    house: Listening,
) -> None:
    voice = by_member(house)
    draft = written(house, "voice", voice, claim=Claim(**CLAIM), now=NOW)
    Reply.objects.filter(pk=draft.pk).update(state=Reply.State.SENT)  # told, and no change made
    everywhere, nowhere = (True, True, True), (False, False, False)
    people = ("mina", "tom", "rosa", "nell", "guest")
    assert [whom(house, draft, each) for each in people] == [everywhere] * 5
    Project.objects.filter(pk=house.project.pk).update(board="team")
    seen = dict(zip(people, [everywhere] * 3 + [nowhere] * 2, strict=True))
    assert {each: whom(house, draft, each) for each in people} == seen
    Project.objects.filter(pk=house.project.pk).update(board="shared")
    Words.objects.filter(pk=voice.pk).update(state="held", hidden=True)
    assert whom(house, draft, "guest") == nowhere
    Words.objects.filter(pk=voice.pk).update(state="withdrawn", withdrawn_on=NOW.date())
    assert [whom(house, draft, each) for each in people[1:]] == [nowhere] * 4
    page = reverse("replies:reply", args=[house.project.address, draft.ref])
    assert "were taken back or removed" in signed_in(house.tom).get(page).content.decode()
    assert Client().get(page).status_code == 404
    assert whom(house, draft, "mina")[0], "their author may bring them back for seven days"


def test_who_holds_the_receipt_reads_the_answer_also_beside_an_account(house: Listening) -> None:
    Project.objects.filter(pk=house.project.pk).update(board="team")
    voice = by_receipt(house)
    reply = answered(house, voice)
    page = reverse("replies:reply", args=[house.project.address, reply.ref])
    for browser in (Client(), signed_in(house.mina)):
        assert browser.get(page).status_code == 404
        session = browser.session
        session[RECEIPT] = sealed_receipt(Guest(receipt=voice.receipt_id))
        session.save()
        browser.cookies["session"] = session.session_key or ""
        assert SAID in browser.get(page).content.decode()


def test_when_the_words_are_destroyed_the_answer_is_emptied_and_the_record_still_holds(
    house: Listening,
) -> None:
    gone, stays = by_member(house), by_member(house)
    emptied, kept = answered(house, gone), answered(house, stays)
    left = written(house, "voice", gone, now=NOW)
    Words.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_on=NOW.date())
    tasks.forget_answers(now=NOW)
    emptied.refresh_from_db()
    assert emptied.text == SAID, "not yet: they may still be brought back"
    erase(Words, [gone.pk])
    tasks.forget_answers(now=NOW)
    for reply in (emptied, kept):
        reply.refresh_from_db()
    assert (emptied.text, emptied.happens_next, kept.text) == ("", "", SAID)
    assert not Reply.objects.filter(pk=left.pk).exists()
    codes = {fault.code for fault in verify().faults}
    assert "reply-altered" not in codes
    Reply.objects.filter(pk=kept.pk).update(text="")  # whose words stand
    assert "reply-altered" in {fault.code for fault in verify().faults}


def test_nothing_tells_how_one_person_was_reached(house: Listening) -> None:
    voice, browser = by_member(house), signed_in(house.tom)
    draft = written(house, "voice", voice, now=NOW)
    page = reverse("replies:reply", args=[house.project.address, draft.ref])
    before = browser.get(page).content.decode()
    assert "This goes to the person who said it." in before
    assert "by e-mail" not in before
    browser.post(page + "send/")
    for state in (Told.State.SENT, Told.State.OPENED, Told.State.BOARD):
        Told.objects.update_or_create(
            reply=draft, voice=voice, defaults={"state": state, "on": NOW.date()}
        )
        after = browser.get(page).content.decode()
        assert "How it reached people" not in after
        assert state.label not in after
