"""Nobody is to know who it was: no letter about an answer to it may tell."""

from datetime import timedelta

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies import rounds
from goldenthread.debrief.replies.claims import Claim
from goldenthread.debrief.replies.tests.factories import by_member, by_receipt, changed, sent
from goldenthread.kit import clock
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.notifications.models import Letter
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.tests.factories import listening_project

pytestmark = pytest.mark.django_db
RIPE = LATER + timedelta(days=28)
CLAIM = Claim(
    what_is_different="Whoever waits hears each Monday where they stand on the list.",
    evidence="Tom counted the messages in March and showed them to the panel.",
    since_on=LATER.date(),
)


@pytest.fixture
def house(tmp_path, settings):
    settings.DATA = tmp_path
    with clock.frozen(LATER):
        yield listening_project()


def letters():
    return sorted(Letter.objects.filter(person__isnull=False).values_list("text", flat=True))


def be_unknown(house, voice):
    address = f"/my-voices/{voice.ref}/be-unknown/"
    with clock.frozen(RIPE):
        return signed_in(house.mina).post(address, {"keep_receipt": "none"})


@pytest.mark.parametrize("named", [False, True])
def test_letters_about_the_answer_to_ones_words_go_too(house, mailoutbox, named):
    mine, of_nell = by_member(house), by_member(house, author=house.nell)
    claim = Claim(change=changed(house, [by_receipt(house)])) if named else CLAIM
    for voice in (mine, of_nell):
        sent(house, "voice", voice, claim=claim)
    send_waiting(now=LATER)
    rounds.ask_whether_changed(now=RIPE)
    assert letters() == ["changed-for-you", "changed-for-you", "reply", "reply"]
    assert be_unknown(house, mine).status_code == 302
    kept = Letter.objects.filter(person__isnull=False)
    assert letters() == ["changed-for-you", "reply"]
    assert {letter.person for letter in kept} == {house.nell}


def test_letters_about_what_many_said_stay(house, mailoutbox):
    mine, other = by_member(house), by_member(house)
    sent(house, "theme", agreed_theme(house, [mine.ref, other.ref]))
    send_waiting(now=LATER)
    be_unknown(house, mine)
    assert letters() == ["reply"]
