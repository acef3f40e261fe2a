from datetime import timedelta

import pytest

from goldenthread.act.decisions.tests.factories import LATER, agreed_theme
from goldenthread.debrief.replies.models import Told
from goldenthread.debrief.replies.services import opened, tell_in_person, tick
from goldenthread.debrief.replies.telling import SHOWN, untold, voices_to_tell
from goldenthread.debrief.replies.tests.factories import by_member, by_nobody, by_receipt, sent
from goldenthread.kit.refusals import Refusal
from goldenthread.people.notifications.services import send_waiting
from goldenthread.projects.gates import missing_to_close
from goldenthread.projects.tests.factories import listening_project
from goldenthread.safety.reading import services as reading
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def house():
    return listening_project()


def tell(house, *voices, by=None):
    refs = [voice.ref for voice in voices]
    return tell_in_person(by=by or house.tom, project=house.project, voices=refs, now=LATER)


def could_not(house, *voices, because="Taken on paper without a name."):
    refs = [voice.ref for voice in voices]
    how = Told.State.COULD_NOT
    return tick(
        by=house.tom, project=house.project, voices=refs, how=how, because=because, now=LATER
    )


def lists(house):
    return {name: {voice.ref for voice in voices_to_tell(house.project, name)} for name in SHOWN}


def gate(house):
    return [line for line in missing_to_close(house.project, now=LATER) if "telling" in line.href]


def test_every_voice_stands_in_one_list_until_it_is_told(house, mailoutbox):
    nothing, waiting, board, gone = (
        by_nobody(house),
        by_receipt(house),
        by_nobody(house),
        by_nobody(house),
    )
    member = by_member(house)
    sent(house, "theme", agreed_theme(house, [waiting.ref, board.ref, member.ref]))
    send_waiting(now=LATER)
    could_not(house, gone)
    assert lists(house) == {
        "nothing": {nothing.ref},
        "waiting": {waiting.ref},
        "board": {board.ref},
        "could-not": {gone.ref},
    }
    assert dict(Told.objects.values_list("voice", "state")) == {
        waiting.ref: "waiting",
        board.ref: "board",
        gone.ref: "could-not",
        member.ref: "sent",
    }


def test_the_project_cannot_close_while_a_voice_has_none_of_the_states(house):
    spoken, other, taken_back = by_receipt(house), by_nobody(house), by_receipt(house)
    reading.withdraw(words=taken_back.words, now=LATER)
    [line] = gate(house)
    assert line.startswith("2 voices have no answer yet.")
    assert line.href == f"/p/{house.project.address}/telling/"
    assert "/" not in line, "a link, not an address to copy"
    sent(house, "theme", agreed_theme(house, [spoken.ref]))
    assert gate(house)[0].startswith("1 voice has no answer yet.")
    could_not(house, other)
    assert gate(house) == []
    assert untold(house.project) == 0


def test_told_by_hand_counts_and_takes_the_place_of_waiting(house):
    waiting, fresh = by_receipt(house), by_nobody(house)
    sent(house, "theme", agreed_theme(house, [waiting.ref]))
    assert tell(house, waiting, fresh) == 2
    assert {told.state for told in Told.objects.all()} == {"in-person"}
    assert Told.objects.count() == 2
    assert tell(house, waiting, fresh) == 2
    assert Told.objects.count() == 2
    assert Entry.objects.filter(kind="told.by-hand").count() == 2


def test_what_was_reached_is_never_undone_by_hand(house):
    voice = by_receipt(house)
    sent(house, "theme", agreed_theme(house, [voice.ref]))
    opened(voices=[voice], now=LATER)
    could_not(house, voice)
    assert Told.objects.get().state == "opened"


def test_someone_who_could_not_be_told_may_still_open_the_answer(house):
    voice = by_receipt(house)
    sent(house, "theme", agreed_theme(house, [voice.ref]))
    could_not(house, voice)
    opened(voices=[voice], now=LATER)
    told = Told.objects.get()
    assert (told.state, told.because) == ("opened", "")


def test_why_somebody_could_not_be_told_goes_with_their_words(house):
    voice, other = by_receipt(house), by_receipt(house)
    could_not(house, voice, other, because="She moved to her sister in Leeds.")
    reading.withdraw(words=voice.words, now=LATER)
    reading.destroy_due(now=LATER + timedelta(days=7))
    kept = dict(Told.objects.values_list("voice", "because"))
    assert kept == {voice.ref: None, other.ref: "She moved to her sister in Leeds."}
    assert Told.objects.get(voice=voice).state == Told.State.COULD_NOT


def test_could_not_needs_a_reason(house):
    with pytest.raises(Refusal) as refused:
        could_not(house, by_nobody(house), because="  ")
    assert refused.value.field == "because"
    assert not Told.objects.exists()


def test_voices_of_another_project_cannot_be_ticked(house):
    other = listening_project()
    with pytest.raises(Refusal):
        tell(house, by_nobody(other))
    assert not Told.objects.exists()


@pytest.mark.parametrize(
    ("who", "may"),
    [
        *((name, True) for name in ("tom", "cara")),
        *((name, False) for name in ("dev", "rosa", "priya", "ada", "mina", "nell", "stranger")),
    ],
)
def test_who_may_tick(house, who, may):
    voice = by_nobody(house)
    if may:
        assert tell(house, voice, by=getattr(house, who)) == 1
    else:
        with pytest.raises(Refusal):
            tell(house, voice, by=getattr(house, who))
        assert not Told.objects.exists()
