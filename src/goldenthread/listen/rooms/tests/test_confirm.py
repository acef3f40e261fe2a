"""Only what those present call right becomes a voice; all else is gone."""

from datetime import timedelta
from uuid import uuid5

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.models import Note, Presence, Room
from goldenthread.listen.rooms.tests.factories import (
    SAID,
    done,
    note,
    opened,
    planned,
    reading_back,
)
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.organisations.models import Label
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, STAFF, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.queries import latest
from goldenthread.safety.release.services import freeze
from goldenthread.safety.retention.services import sweep
from goldenthread.thread.models import Entry
from goldenthread.thread.queries import story_of

pytestmark = pytest.mark.django_db
CANARY = "The kingfisher asks for a later bus."


def test_a_note_is_sealed_and_no_voice_until_it_has_been_called_right() -> None:
    here, room = opened()
    taken = note(here, room, CANARY)
    assert CANARY.encode() not in bytes(taken.sealed)
    assert unseal(taken.sealed) == CANARY
    assert not Voice.objects.exists()
    room = services.read_back(by=here.tom, room=room, now=NOW)
    with pytest.raises(Refusal, match="called right"):
        services.confirm(by=here.tom, room=room, form_key=formkeys.draw(), now=NOW)
    assert not Words.objects.filter(text__contains="kingfisher").exists()


def test_what_is_right_waits_for_a_reader_and_what_is_not_is_gone() -> None:
    here, room = reading_back(notes=3)
    first, second, third = room.notes.order_by("number")
    services.say_right(by=here.tom, note=first, slip=False, now=NOW)
    services.leave_out(by=here.tom, note=second, now=NOW)
    services.change_note(by=here.tom, note=third, text=CANARY, now=NOW)  # and not confirmed again
    services.confirm(by=here.tom, room=room, form_key=formkeys.draw(), now=NOW)
    voice = Voice.objects.select_related("words").get()
    assert voice.words.text == f"{SAID} (1)"
    assert (voice.kind, voice.came_by, voice.answers) == ("note", "room", room.ref)
    assert voice.asked == room.steps[0].prompt
    assert (voice.author, voice.receipt, voice.words.state) == (None, None, Words.State.HELD)
    assert not Note.objects.exists()
    assert Entry.objects.get(kind="room.confirmed").about == room.ref


def test_each_claimed_note_has_a_receipt_of_its_own_and_the_others_none() -> None:
    here, room = reading_back(notes=3)
    for each in room.notes.all():
        services.say_right(by=here.tom, note=each, slip=each.number != 2, now=NOW)
    key = formkeys.draw()
    handed = services.confirm(by=here.tom, room=room, form_key=key, now=NOW)
    assert [number for number, _code in handed.codes] == [1, 3]
    for number, code in handed.codes:
        [voice] = open_with(code=code, now=NOW).voices.select_related("words")
        assert voice.words.text == f"{SAID} ({number})"
        assert voice.words.lock, "only this slip proves that its author took it back"
    again = services.confirm(by=here.tom, room=room, form_key=key, now=NOW)
    assert again == handed, "sent twice, the same slips come again"
    assert Voice.objects.count() == 3
    other = services.confirm(by=here.tom, room=room, form_key=uuid5(key, "other"), now=NOW)
    assert other.codes == (), "nobody else gets them"
    kept = repr([vars(each) for each in (*Voice.objects.all(), *Room.objects.all())])
    assert all(code not in kept for _number, code in handed.codes)


def test_notes_that_nobody_read_back_are_gone_after_seven_days() -> None:
    opened(notes=2)
    sweep(now=NOW + timedelta(days=6))
    assert Note.objects.count() == 2
    sweep(now=NOW + timedelta(days=8))
    assert Note.objects.count() == 0


def test_a_receipt_is_never_written_into_a_note() -> None:
    here, room = opened()
    with pytest.raises(Refusal, match="receipt"):
        note(here, room, "Mine is K7M3-9QXP-ABCD-EFGH-JKMN.")


@pytest.mark.parametrize("name", ["mina", *STAFF, "ada", "nell", "stranger"])
def test_only_facilitators_and_co_leads_run_rooms(name: str) -> None:
    here, room = planned()
    if name in ("tom", "cara"):
        services.open_room(by=getattr(here, name), room=room, now=NOW)
        return
    with pytest.raises(Refusal):
        services.open_room(by=getattr(here, name), room=room, now=NOW)


def test_no_room_opens_while_nobody_listens_and_none_ends_twice() -> None:
    here, room = planned()
    Project.objects.filter(pk=room.project_id).update(state=Project.State.CLOSED)
    with pytest.raises(Refusal):
        services.open_room(by=here.tom, room=room, now=NOW)
    here, room, _handed = done()
    with pytest.raises(Refusal, match="gone on"):
        services.read_back(by=here.tom, room=room, now=NOW)
    with pytest.raises(Refusal, match="gone on"):
        services.count_present(by=here.tom, room=room, label=None, count=5, now=NOW)


def test_figures_of_a_room_come_from_releases_and_none_is_below_ten() -> None:
    here = listening_project()
    carers = Label.objects.create(organisation=here.organisation, text="Carers")
    here, room = reading_back(here, notes=12)
    for label, count in ((None, 13), (carers, 9)):
        services.count_present(by=here.tom, room=room, label=label, count=count, now=NOW)
    for each in room.notes.all():
        services.say_right(by=here.tom, note=each, slip=False, now=NOW)
    services.confirm(by=here.tom, room=room, form_key=formkeys.draw(), now=NOW)
    assert latest(here.project).number(f"room:{room.ref}") is None, "nothing before a release"
    _here, small, _handed = done(here, notes=9)
    freeze(project=here.project, now=NOW)
    figures = latest(here.project)
    shown = {each.count: figures.number(each.figure) for each in Presence.objects.all()}
    assert shown == {13: 15, 9: None}
    assert figures.number(f"room:{room.ref}") == 10
    assert figures.number(f"room:{small.ref}") is None


def test_a_room_is_named_beside_a_voice_only_where_ten_notes_became_voices() -> None:
    here, many, _handed = done(notes=10)
    _here, few, _handed = done(here, notes=9)
    for room, named in ((many, True), (few, False)):
        voice = Voice.objects.filter(answers=room.ref)[0]
        [step] = story_of(voice.pk, visible_to=here.mina).before
        assert ("Lunch in March" in step.described.title) == named
        assert bool(step.described.href) == named
