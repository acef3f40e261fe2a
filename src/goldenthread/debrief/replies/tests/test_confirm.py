from datetime import UTC, datetime, timedelta

import pytest

from goldenthread.act.decisions.tests.factories import LATER
from goldenthread.debrief.replies import queries, rounds
from goldenthread.debrief.replies.models import Confirmation
from goldenthread.debrief.replies.services import confirm, opened
from goldenthread.debrief.replies.tests.factories import by_member, by_receipt, changed, sent
from goldenthread.debrief.replies.waiting import to_confirm
from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.models import Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry, HeldEntry
from goldenthread.thread.queries import what_came_of

pytestmark = pytest.mark.django_db
TOO_EARLY = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)  # 27 days after 4 May
RIPE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)  # 28 days after


@pytest.fixture
def house():
    return listening_project()


@pytest.fixture
def voice(house):
    return by_receipt(house)


@pytest.fixture
def change(house, voice):
    change = changed(house, [voice])
    sent(house, "change", change)
    opened(voices=[voice], now=LATER)
    return change


def holder(voice):
    return Guest(receipt=voice.receipt_id)


def asked(voice, at):
    came_of = {voice.ref: what_came_of([voice.ref], "change")}
    return queries.questions_about(came_of, clock.today(at))[voice.ref]


def test_the_question_comes_four_weeks_after_the_change(voice, change):
    assert asked(voice, TOO_EARLY) == []
    assert asked(voice, RIPE) == [change]
    with pytest.raises(Refusal):
        confirm(by=holder(voice), voice=voice, change=change, answer="yes", now=TOO_EARLY)


def test_the_author_answers_and_is_not_asked_again(voice, change):
    confirm(by=holder(voice), voice=voice, change=change, answer="partly", now=RIPE)
    assert asked(voice, RIPE) == []
    assert Confirmation.objects.get().answer == "partly"
    held = HeldEntry.objects.get(kind="change.confirmed")
    assert (held.about, held.facts) == (change.ref, {})
    assert not Entry.objects.filter(kind="change.confirmed").exists()


def test_nobody_is_asked_before_they_were_told(house):
    voice = by_receipt(house)
    change = changed(house, [voice])
    sent(house, "change", change)
    with pytest.raises(Refusal):
        confirm(by=holder(voice), voice=voice, change=change, answer="yes", now=RIPE)


def test_an_answer_may_be_changed_once(voice, change):
    speaker = holder(voice)
    confirm(by=speaker, voice=voice, change=change, answer="yes", now=RIPE)
    confirm(by=speaker, voice=voice, change=change, answer="no", now=RIPE)
    with pytest.raises(Refusal):
        confirm(by=speaker, voice=voice, change=change, answer="yes", now=RIPE)
    assert Confirmation.objects.get().answer == "no"
    assert HeldEntry.objects.filter(kind="change.confirmed").count() == 1


@pytest.mark.parametrize("line", ["", "Once.\r\nThen never again. "])
def test_a_button_pressed_twice_uses_nothing_up(voice, change, line):
    speaker = holder(voice)
    for _press in range(3):
        confirm(by=speaker, voice=voice, change=change, answer="yes", text=line, now=RIPE)
    assert not Words.objects.filter(state="withdrawn").exists()
    assert Words.objects.filter(purpose="confirmation").count() == (1 if line else 0)
    for _press in range(2):
        confirm(by=speaker, voice=voice, change=change, answer="no", text=line, now=RIPE)
    with pytest.raises(Refusal):
        confirm(by=speaker, voice=voice, change=change, answer="partly", text=line, now=RIPE)
    assert Confirmation.objects.get().answer == "no"


def test_a_line_goes_to_a_reader_first_and_a_new_one_takes_its_place(voice, change):
    speaker = holder(voice)
    confirm(by=speaker, voice=voice, change=change, answer="no", text="I heard nothing.", now=RIPE)
    first = Words.objects.get(purpose="confirmation")
    assert (first.state, first.text) == ("held", "I heard nothing.")
    confirm(by=speaker, voice=voice, change=change, answer="partly", text="Once.", now=RIPE)
    first.refresh_from_db()
    assert first.state == "withdrawn"
    assert Confirmation.objects.get().words.text == "Once."


def test_only_the_author_can_answer(house, voice, change):
    other = by_receipt(house)
    for speaker in (Guest(), Guest(receipt=other.receipt_id), house.mina, house.tom, house.dev):
        with pytest.raises(Refusal):
            confirm(by=speaker, voice=voice, change=change, answer="yes", now=RIPE)
    assert not Confirmation.objects.exists()


def test_only_about_what_came_of_their_words(house, voice, change):
    stranger = changed(house, [by_receipt(house)])
    with pytest.raises(Refusal):
        confirm(by=holder(voice), voice=voice, change=stranger, answer="yes", now=RIPE)


def test_members_who_were_told_are_asked_by_letter_once(house, mailoutbox):
    voices = [by_member(house), by_member(house), by_member(house, author=house.nell)]
    change = changed(house, voices)
    sent(house, "change", change)
    send_waiting(now=LATER)
    confirm(by=house.nell, voice=voices[2], change=change, answer="yes", now=RIPE)
    assert rounds.ask_whether_changed(now=TOO_EARLY) == 0
    rounds.ask_whether_changed(now=RIPE)
    rounds.ask_whether_changed(now=RIPE.replace(day=2))
    letter = Letter.objects.get(text="changed-for-you")
    assert (letter.person, letter.link) == (house.mina, "/my-voices/")


def test_members_are_asked_also_once_the_project_has_closed(house, mailoutbox):
    voice = by_member(house)
    change = changed(house, [voice])
    sent(house, "change", change)
    send_waiting(now=LATER)
    house.project.state, house.project.closed_on = Project.State.CLOSED, LATER.date()
    house.project.save()
    rounds.ask_whether_changed(now=RIPE)
    assert Letter.objects.get(text="changed-for-you").person == house.mina
    voice.refresh_from_db()
    confirm(by=house.mina, voice=voice, change=change, answer="no", now=RIPE)
    assert Confirmation.objects.get().answer == "no"


@pytest.mark.parametrize("state", [Words.State.WITHDRAWN, Words.State.REMOVED])
def test_nobody_is_asked_about_words_that_are_gone(house, mailoutbox, state):
    voice = by_member(house)
    sent(house, "change", changed(house, [voice]))
    send_waiting(now=LATER)
    assert len(list(to_confirm(house.mina, [house.project], now=RIPE))) == 1
    Words.objects.filter(pk=voice.pk).update(state=state, unpublished_because="advert")
    assert rounds.ask_whether_changed(now=RIPE) == 0
    assert not Letter.objects.filter(text="changed-for-you").exists()
    assert list(to_confirm(house.mina, [house.project], now=RIPE)) == []


def test_members_who_were_not_told_are_not_asked(house):
    change = changed(house, [by_member(house)])
    sent(house, "change", change)  # the letter waits still
    rounds.ask_whether_changed(now=RIPE)
    assert change.ref
    assert not Letter.objects.filter(text="changed-for-you").exists()


def test_an_answer_goes_with_the_voice_that_was_taken_back(house, voice, change):
    line = "It takes two weeks now, not six."
    confirm(by=holder(voice), voice=voice, change=change, answer="yes", text=line, now=RIPE)
    assert Words.objects.filter(text=line).exists()
    reading.withdraw(words=voice.words, now=RIPE)
    reading.destroy_due(now=RIPE + timedelta(days=7))
    assert not Confirmation.objects.exists()
    assert not Words.objects.filter(text=line).exists()
