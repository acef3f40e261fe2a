"""An answer to one voice goes where the words go, and tells nothing of how it reached a person."""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies import tasks
from goldenthread.debrief.replies.about import unanswered
from goldenthread.debrief.replies.claims import Claim
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.debrief.replies.tests.factories import (
    GOOD,
    by_member,
    by_receipt,
    changed,
    written,
)
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


def finds(house: Listening, change: Change, name: str) -> set[str]:
    """Where somebody reads what changed."""
    person = getattr(house, name, None)
    browser, speaker = (signed_in(person), person) if person else (Client(), Guest())
    here, found = [house.project.address], set()
    for page, args in (("plans:change", [*here, change.ref]), ("plans:list", here)):
        if change.what_is_different in browser.get(reverse(page, args=args)).content.decode():
            found.add(page)
    if change.what_is_different in browser.get(f"/p/{here[0]}/").content.decode():
        found.add("project")
    if change.ref in describe("change", [change.ref], visible_to=speaker):
        found.add("thread")
    return found


EVERYWHERE = {"plans:change", "plans:list", "project", "thread"}


def test_a_change_claimed_in_an_answer_goes_with_the_words_it_answered(house: Listening) -> None:
    first, second = by_member(house), by_member(house, author=house.nell)
    answered(house, first, claim=Claim(**CLAIM))
    claimed = Change.objects.get()
    ours = changed(house, [first, by_receipt(house)])  # it came of an action, for all to see
    people, mina, nell = ("tom", "rosa", "guest"), signed_in(house.mina), signed_in(house.nell)
    assert [finds(house, claimed, each) for each in people] == [EVERYWHERE] * 3
    Project.objects.filter(pk=house.project.pk).update(board="team")
    assert [finds(house, claimed, each) for each in people] == [EVERYWHERE, EVERYWHERE, set()]
    assert finds(house, claimed, "mina") == EVERYWHERE
    Project.objects.filter(pk=house.project.pk).update(board="shared")
    mina.post(reverse("pages:take_back", args=[first.ref]))
    assert [finds(house, claimed, each) for each in people] == [set()] * 3
    assert finds(house, claimed, "mina") == EVERYWHERE, "she may bring it back for seven days"
    assert [finds(house, ours, each) for each in people] == [EVERYWHERE] * 3
    write, tom = reverse("replies:write", args=[house.project.address]), signed_in(house.tom)
    named = tom.get(f"{write}?about=voice:{second.ref}").content.decode()
    assert (str(claimed.ref) in named, str(ours.ref) in named) == (False, True)
    assert tom.get(f"{write}?about=change:{claimed.ref}").status_code == 404
    mina.post(reverse("pages:keep", args=[first.ref]))
    assert finds(house, claimed, "guest") == EVERYWHERE
    answered(house, second, claim=Claim(change=claimed))
    mina.post(reverse("pages:take_back", args=[first.ref]))
    assert finds(house, claimed, "guest") == EVERYWHERE, "another person was answered with it"
    nell.post(reverse("pages:take_back", args=[second.ref]))
    assert [finds(house, claimed, each) for each in people] == [set()] * 3


def test_when_the_words_are_destroyed_what_was_claimed_is_emptied_and_the_record_still_holds(
    house: Listening,
) -> None:
    gone, stays = by_member(house), by_member(house)
    emptied, kept = (answered(house, each, claim=Claim(**CLAIM)).change for each in (gone, stays))
    assert emptied
    assert kept
    erase(Words, [gone.pk])
    tasks.forget_answers(now=NOW)
    emptied.refresh_from_db()
    kept.refresh_from_db()
    assert (emptied.what_is_different, emptied.evidence) == ("", "")
    assert kept.what_is_different == DIFFERENT
    assert finds(house, kept, "guest") == EVERYWHERE
    gone_page = reverse("plans:change", args=[house.project.address, emptied.ref])
    for browser in (Client(), signed_in(house.tom), signed_in(house.mina)):
        assert browser.get(gone_page).status_code == 404
    assert len(unanswered(house.project)) == 0, "nobody is owed an answer about it"
    assert "change-altered" not in {fault.code for fault in verify().faults}
    Change.objects.filter(pk=kept.pk).update(what_is_different="")  # whose words stand
    assert "change-altered" in {fault.code for fault in verify().faults}


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
        assert str(state.label) not in after
