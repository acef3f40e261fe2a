"""Two people run a room on two devices: nothing typed is lost, nothing unread is sent."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.sealing import unseal
from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.models import Note, Room
from goldenthread.listen.rooms.queries import note_in
from goldenthread.listen.rooms.tests.factories import (
    SAID,
    done,
    opened,
    planned,
    reading_back,
    seen,
    to_send,
)
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening

pytestmark = pytest.mark.django_db
TYPED = "Someone asks for a later bus."
GONE_ON = "This room has gone on"


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def href(room: Room, name: str) -> str:
    return reverse(f"rooms:{name}", args=[room.project.address, room.code])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def words(room: Room) -> dict[int, str]:
    return {each.number: unseal(each.sealed) for each in room.notes.all()}


def two(here: Listening) -> tuple[Client, Client]:
    return signed_in(here.tom), signed_in(here.cara)


def test_a_note_typed_while_the_other_began_to_read_back_is_read_back_too() -> None:
    here, room = opened(notes=1)
    tom, cara = two(here)
    tom.post(href(room, "go"), {"act": "back"})
    answer = cara.post(href(room, "run"), {"text": TYPED}, follow=True)
    assert "Read it back with the others" in text_of(answer)
    assert "2 notes to read back" in text_of(answer)
    assert words(room) == {1: f"{SAID} (1)", 2: TYPED}
    assert not Note.objects.get(number=2).right
    assert cara.post(href(room, "run"), {"text": ""}).status_code == 302


@pytest.mark.parametrize(
    ("page", "typed"),
    [
        ("run", {"text": TYPED}),
        ("back", {"act": "change", "number": 1, "text": TYPED}),
        ("step", {"act": "add", "title": "Tea", "prompt": TYPED, "minutes": 5}),
    ],
)
def test_what_was_typed_when_all_was_over_is_given_back(page: str, typed: dict[str, Any]) -> None:
    here, room, _handed = done()
    answer = signed_in(here.cara).post(href(room, page), typed)
    assert answer.status_code == 409
    assert GONE_ON in text_of(answer)
    assert TYPED in text_of(answer)
    assert Voice.objects.count() == 1


def test_new_words_for_a_note_that_was_left_out_are_given_back() -> None:
    here, room = reading_back(notes=2)
    tom, cara = two(here)
    before = seen(room, 1)
    tom.post(href(room, "back"), {"act": "out"} | before)
    answer = cara.post(href(room, "back"), {"act": "change", "text": TYPED} | before)
    assert TYPED in text_of(answer)
    assert words(room) == {2: f"{SAID} (2)"}
    twice = tom.post(href(room, "back"), {"act": "out"} | before, follow=True)
    assert "left out already" in text_of(twice)
    assert words(room) == {2: f"{SAID} (2)"}


def test_a_note_can_be_put_in_other_words_from_a_page_before_the_steps_went_on() -> None:
    here, room = reading_back()
    before = seen(room, 1)
    tom, cara = two(here)
    tom.post(href(room, "go"), {"act": "back"})
    cara.post(href(room, "back"), {"act": "change", "text": TYPED} | before)
    assert words(room) == {1: TYPED}


@pytest.mark.parametrize("act", ["right", "out"])
def test_only_the_words_that_were_read_out_are_called_right_or_left_out(act: str) -> None:
    here, room = reading_back()
    tom, cara = two(here)
    before = seen(room, 1)
    cara.post(href(room, "back"), {"act": "change", "text": TYPED} | before)
    answer = tom.post(href(room, "back"), {"act": act} | before, follow=True)
    assert "Someone changed this note meanwhile" in text_of(answer)
    assert words(room) == {1: TYPED}
    assert not Note.objects.get().right
    tom.post(href(room, "back"), {"act": "right"} | seen(room, 1))
    assert Note.objects.get().right, "the control: these were read out"


def test_between_two_looks_at_a_note_nothing_is_called_right_unread() -> None:
    here, room = reading_back()
    read_out = note_in(room, 1)
    assert read_out is not None
    services.change_note(by=here.cara, note=read_out, text=TYPED, now=NOW)
    for act in (services.leave_out, services.say_right, services.change_note):
        more = {"say_right": {"slip": False}, "change_note": {"text": "x"}}.get(act.__name__, {})
        with pytest.raises(Refusal, match="changed this note"):
            act(by=here.tom, note=read_out, now=NOW, **more)
    assert words(room) == {1: TYPED}


def test_who_changes_a_note_second_sees_the_first_and_loses_nothing() -> None:
    here, room = reading_back()
    tom, cara = two(here)
    before = seen(room, 1)
    tom.post(href(room, "back"), {"act": "change", "text": "From Tom."} | before)
    page = text_of(cara.post(href(room, "back"), {"act": "change", "text": TYPED} | before))
    for said in ("Someone changed this note meanwhile", "From Tom.", TYPED):
        assert said in page
    assert words(room) == {1: "From Tom."}


def test_a_number_is_never_given_twice() -> None:
    here, room = reading_back(notes=2)
    before = seen(room, 2)
    tom, cara = two(here)
    tom.post(href(room, "back"), {"act": "out"} | before)
    tom.post(href(room, "go"), {"act": "back"})
    tom.post(href(room, "run"), {"text": TYPED})
    tom.post(href(room, "go"), {"act": "back"})
    assert words(room) == {1: f"{SAID} (1)", 3: TYPED}
    cara.post(href(room, "back"), {"act": "out"} | before)
    assert words(room) == {1: f"{SAID} (1)", 3: TYPED}


def test_no_note_falls_that_did_not_stand_in_the_warning() -> None:
    here, room = reading_back()
    tom, cara = two(here)
    services.say_right(by=here.tom, note=room.notes.get(), slip=False, now=NOW)
    before = to_send(room)
    cara.post(href(room, "run"), {"text": TYPED})
    page = text_of(tom.post(href(room, "finish"), before))
    assert "Notes were taken or changed since this page was opened" in page
    assert "One note was not read back" in page
    assert room.notes.count() == 2
    assert not Voice.objects.exists()
    again = to_send(room)
    assert f'value="{again["seen"]}"' in page
    tom.post(href(room, "finish"), again)
    assert Voice.objects.count() == 1, "the control: it stood in the warning"
    services.confirm(by=here.tom, room=room, form_key=formkeys.draw(), seen="other", now=NOW)


def test_a_step_is_changed_moved_or_taken_out_only_as_it_was_read() -> None:
    here, room = planned()
    tom, cara = two(here)
    before, titles = seen(room), [each.title for each in room.steps]
    step = href(room, "step")
    for _twice in range(2):
        answer = tom.post(step, {"act": "remove", "at": 0} | before, follow=True)
    assert "Someone changed the steps meanwhile" in text_of(answer)
    new = {"title": "Tea", "prompt": TYPED, "minutes": 5, "picture": ""}
    page = text_of(cara.post(step, {"act": "change", "at": 0} | before | new))
    assert "Someone changed the steps meanwhile" in page
    assert TYPED in page
    cara.post(step, {"act": "down", "at": 0} | before)
    room.refresh_from_db()
    assert [each.title for each in room.steps] == titles[1:]
    cara.post(step, {"act": "add", "at": ""} | before | new)
    cara.post(step, {"act": "change", "at": 0} | seen(room) | new)
    room.refresh_from_db()
    assert [each.title for each in room.steps] == ["Tea", *titles[2:], "Tea"]
