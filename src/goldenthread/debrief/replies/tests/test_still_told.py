"""Things move while an answer is on its way: nobody who spoke is left out, or waits for nothing."""

from datetime import timedelta

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies import tasks
from goldenthread.debrief.replies.models import Reply, Told
from goldenthread.debrief.replies.services import receipt_was_closed, send_reply
from goldenthread.debrief.replies.telling import voices_to_tell
from goldenthread.debrief.replies.tests.factories import by_member, by_receipt, sent, written
from goldenthread.debrief.replies.tests.test_telling import could_not
from goldenthread.kit import clock
from goldenthread.listen.voices import services as voices
from goldenthread.people.accounts.services import close_account
from goldenthread.people.contacts import services as contacts
from goldenthread.people.contacts.models import Contact
from goldenthread.people.contacts.tasks import shuffle_in
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading import services as reading

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def house(tmp_path, settings):
    settings.DATA = tmp_path
    with clock.frozen(LATER):
        yield listening_project()


def states():
    return dict(Told.objects.values_list("voice", "state"))


@pytest.mark.parametrize("state", [Project.State.OPEN, Project.State.CLOSED])
def test_who_brings_words_back_hears_the_answer_that_went_out_meanwhile(house, mailoutbox, state):
    back, gone = by_member(house), by_member(house, author=house.nell)
    theme = agreed_theme(house, [back.ref, gone.ref])
    for voice in (back, gone):
        reading.withdraw(words=voice.words, now=LATER)
    sent(house, "theme", theme)
    assert set(states().values()) == {"could-not"}
    Project.objects.filter(pk=house.project.pk).update(state=state)
    reading.undo_withdrawal(words=back.words, now=LATER + DAY)
    for _night in range(2):
        tasks.catch_up(now=LATER + DAY)
    assert [letter.person for letter in Letter.objects.filter(text="reply")] == [house.mina]
    send_waiting(now=LATER + DAY)
    assert states() == {back.ref: "sent", gone.ref: "could-not"}


def test_what_somebody_wrote_down_by_hand_is_not_undone_by_the_night(house):
    voice = by_receipt(house)
    sent(house, "theme", agreed_theme(house, [voice.ref]))
    could_not(house, voice, because="Taken on paper without a name.")
    tasks.catch_up(now=LATER + DAY)
    told = Told.objects.get()
    assert (told.state, told.because) == ("could-not", "Taken on paper without a name.")


def leave(house, address="mina@home.example"):
    left = {"how": "email", "value": address, "wants_news": True, "wants_to_help": False}
    contacts.leave(scope=house.project.ref, now=LATER, **left)


def news():
    return set(Letter.objects.filter(text="news").values_list("contact", flat=True))


def next_morning(after=1):
    now = LATER + after * DAY
    shuffle_in(now=now)
    tasks.write_news(now=now)


def test_who_left_an_address_on_the_day_of_the_answer_hears_of_it(house):
    leave(house, "before@home.example")
    shuffle_in(now=LATER)
    leave(house)
    reply = sent(house, "theme", agreed_theme(house, [by_receipt(house).ref]))
    tasks.write_news(now=LATER)
    assert news() == set()
    next_morning()
    assert news() == set(Contact.objects.values_list("ref", flat=True))
    assert {letter.link for letter in Letter.objects.filter(text="news")} == {
        f"/p/{house.project.address}/replies/{reply.ref}/"
    }


def test_news_of_an_answer_go_out_on_one_day_alone_so_that_none_tells_who_came_when(house):
    leave(house)
    sent(house, "theme", agreed_theme(house, [by_receipt(house).ref]))
    next_morning()
    known = news()
    leave(house, "later@home.example")
    next_morning(after=2)
    assert news() == known
    assert len(known) == 1


def test_news_wait_for_an_answer_that_is_still_on_its_way(house):
    leave(house)
    theme = agreed_theme(house, [by_receipt(house).ref])
    reply = send_reply(by=house.tom, reply=written(house, "theme", theme), now=LATER)
    next_morning()
    assert news() == set()
    tasks.carry_replies(now=LATER + DAY)
    reply.refresh_from_db()
    assert reply.state == Reply.State.SENT
    next_morning()
    assert len(news()) == 1


def test_no_answer_waits_for_nobody(house):
    closes, unknown, keeps, shut, stays = (
        by_member(house, author=house.nell),
        by_member(house),
        by_member(house),
        by_receipt(house),
        by_receipt(house),
    )
    everyone = [voice.ref for voice in (closes, unknown, keeps, shut, stays)]
    sent(house, "theme", agreed_theme(house, everyone))
    assert set(states().values()) == {"waiting"}
    close_account(by=house.nell, now=LATER)
    voices.be_unknown(by=house.mina, voice=unknown, now=LATER)
    voices.be_unknown(by=house.mina, voice=keeps, keep_receipt=True, now=LATER)
    shut.receipt.closed = True
    shut.receipt.save()
    tasks.wait_no_longer(now=LATER + DAY)
    assert states() == {
        closes.ref: "board",
        unknown.ref: "board",
        keeps.ref: "waiting",  # behind the new receipt
        shut.ref: "board",
        stays.ref: "waiting",
    }
    listed = {voice.ref for voice in voices_to_tell(house.project, "waiting")}
    assert listed == {keeps.ref, stays.ref}
    assert {told.on for told in Told.objects.all()} == {LATER.date()}
    assert receipt_was_closed(receipt=shut.receipt_id, now=LATER) == 0
