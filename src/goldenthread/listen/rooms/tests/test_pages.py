"""The pages of a room, from planning to the slips, and who may open them."""

import html
import io
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pypdf
import pytest
from django.conf import LazySettings
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.rooms import services
from goldenthread.listen.rooms.agendas import agendas
from goldenthread.listen.rooms.models import Note, Room, Round
from goldenthread.listen.rooms.tests.factories import (
    done,
    note,
    opened,
    planned,
    reading_back,
    seen,
    to_send,
)
from goldenthread.listen.voices import formkeys
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.listen.voices.ways import ways_of
from goldenthread.organisations.models import Label
from goldenthread.people.receipts.services import open_with
from goldenthread.projects.tests.factories import NOW, STAFF, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.safety.release.services import freeze

pytestmark = pytest.mark.django_db
ENOUGH = 22  # queries of the dearest page


@pytest.fixture(autouse=True)
def _tuesday() -> Iterator[None]:
    with clock.frozen(NOW):
        yield


def href(room: Room, name: str = "room") -> str:
    return reverse(f"rooms:{name}", args=[room.project.address, room.code])


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def test_every_agenda_is_whole_and_can_be_planned_and_changed() -> None:
    here = listening_project()
    client = signed_in(here.tom)
    assert next(each.key for each in agendas()) == "community-conversation"
    assert len(agendas()) == 4
    base = reverse("rooms:list", args=[here.project.address])
    for each in agendas():
        shown = text_of(client.get(f"{base}new/?agenda={each.key}"))
        assert f'value="{each.key}" id="id_agenda' in shown
        given = {"agenda": each.key, "kind": each.kind, "title": each.title, "on": "2026-03-10"}
        client.post(f"{base}new/", given)
    panel = Room.objects.get(title=agendas()[0].title)
    before = panel.steps
    step = href(panel, "step")
    for act in ({"act": "down", "at": "²"}, {"act": "down", "at": 0}, {"act": "remove", "at": 3}):
        client.post(step, act | seen(panel))
    new = {"title": "Tea", "prompt": "Who wants tea?", "minutes": 5, "picture": "heart"}
    client.post(step, {"act": "add", "at": ""} | new)
    client.post(step, {"act": "change", "at": 0} | seen(panel) | new)
    panel.refresh_from_db()
    assert [each.title for each in panel.steps] == [
        "Tea",
        *(each.title for each in (before[0], before[2], *before[4:])),
        "Tea",
    ]
    wrong = text_of(client.post(step, {"act": "add", "title": "Tea", "minutes": "many"}))
    assert "Write a whole number in figures" in wrong
    client.post(href(panel, "prepare"), {"act": "drop"})
    assert not Room.objects.filter(pk=panel.pk).exists()


def test_a_room_from_its_first_step_to_the_slips(settings: LazySettings) -> None:
    settings.SITE_URL = "https://speak.example"
    here, room = planned()
    client = signed_in(here.cara)
    answer = client.post(href(room, "prepare"), follow=True)
    assert room.steps[0].prompt in text_of(answer)
    for words in ("The bus is late.", "Keep the soup.", "Mend the door."):
        client.post(href(room, "run"), {"text": words})
    assert "Keep the soup." in text_of(client.get(href(room, "run")))
    assert "Write down what was said first." in text_of(
        client.post(href(room, "run"), {"text": ""})
    )
    assert room.steps[1].prompt in text_of(
        client.post(href(room, "go"), {"act": "after"}, follow=True)
    )
    assert "The bus is late." in text_of(
        client.post(href(room, "go"), {"act": "back"}, follow=True)
    )
    back = href(room, "back")
    for no_number in ("²", "9" * 5000):
        client.post(back, {"number": no_number, "act": "out"})
    client.post(back, {"act": "right", "slip": "1"} | seen(room, 1))
    client.post(back, {"act": "out"} | seen(room, 2))
    changed = client.post(back, {"act": "change", "text": "Mend both doors."} | seen(room, 3))
    assert "Mend both doors." in text_of(client.get(changed["Location"]))
    finish = text_of(client.get(href(room, "finish")))
    assert "One note was not read back." in finish
    client.post(back, {"act": "right"} | seen(room, 3))
    sent = to_send(room)
    slips = client.post(href(room, "finish"), sent, follow=True)
    assert {each.text for each in Words.objects.all()} == {"The bus is late.", "Mend both doors."}
    assert "The bus" not in text_of(slips)
    pdf = client.get(href(room, "slips_pdf"))
    words = pypdf.PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert "Note 1" in words
    flat = "".join(words.split())
    assert f"speak.example/r/{room.code}" in flat
    assert "speak.example/receipt/" in flat
    assert "testserver" not in flat
    assert "The bus" not in words
    [code] = re.findall(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){4}", words)
    assert open_with(code=code, now=NOW).voices.get().words.text == "The bus is late."
    assert code not in text_of(client.get(href(room, "slips")))
    client.post(href(room, "slips"))
    assert client.get(href(room, "slips_pdf")).status_code == 302, "they were put away"


def test_slips_are_gone_after_ten_minutes_and_in_every_other_browser() -> None:
    here, room = reading_back()
    services.say_right(by=here.tom, note=Note.objects.get(), slip=True, now=NOW)
    client = signed_in(here.tom)
    client.post(href(room, "finish"), to_send(room))
    assert client.get(href(room, "slips")).status_code == 200
    assert signed_in(here.tom).get(href(room, "slips")).status_code == 302
    with clock.frozen(NOW + timedelta(minutes=11)):
        assert client.get(href(room, "slips_pdf")).status_code == 302


@pytest.mark.parametrize("name", ["guest", "mina", *STAFF, "ada", "nell", "stranger"])
def test_what_is_not_done_is_seen_only_by_those_who_run_it(name: str) -> None:
    here, room = reading_back()
    client = Client() if name == "guest" else signed_in(getattr(here, name))
    runs = name in ("tom", "cara")
    for page in ("room", "run", "back", "finish", "who"):
        assert (client.get(href(room, page)).status_code != 404) == runs, page
    listed = text_of(client.get(reverse("rooms:list", args=[here.project.address])))
    assert ("Lunch in March" in listed) == runs
    client.post(href(room, "back"), {"act": "out"} | seen(room, 1))
    assert Note.objects.exists() != runs


def test_everyone_sees_what_came_of_a_done_room_and_no_small_number() -> None:
    here, room = reading_back(notes=12)
    carers = Label.objects.create(organisation=here.organisation, text="Carers")
    for label, count in ((carers, 7), (None, 21)):
        given = {"label": label.ref if label else "", "count": count}
        shown = text_of(signed_in(here.tom).post(href(room, "who"), given, follow=True))
    assert "Carers: <strong>a few" in shown
    assert "about 20" in shown
    for each in room.notes.all():
        services.say_right(by=here.tom, note=each, slip=False, now=NOW)
    services.confirm(by=here.tom, room=room, form_key=formkeys.draw(), now=NOW)
    before = text_of(Client().get(href(room)))
    assert "Carers" not in before, "nothing is said of people before a release"
    freeze(project=here.project, now=NOW)
    page = text_of(Client().get(f"/r/{room.code.lower()}/", follow=True))
    for said in ("Carers: a few", "about 20", "About 10 notes", "March 2026"):
        assert said in page
    assert "10 March" not in page
    assert not re.search(r"\b(7|21|12)\b", page.partition("<main")[2].partition("</main")[0])


def test_every_room_and_round_is_reached_page_by_page() -> None:
    here = listening_project()
    for number in range(27):
        planned(here, title=f"Lunch {number}.")
    first = reverse("rooms:list", args=[here.project.address])
    tom = signed_in(here.tom)
    assert "?of=coming" in text_of(tom.get(first))
    assert len(reached(tom, f"{first}?of=coming")) == 27
    assert not reached(Client(), f"{first}?of=coming"), "what is to come is for those who run it"
    ended = {"state": Room.State.DONE, "done_on": NOW.date()}
    Room.objects.filter(project=here.project).update(**ended)
    page = text_of(Client().get(first))
    assert "?of=held" in page
    assert len(set(re.findall(r"Lunch \d+\.", page))) == 10
    assert len(reached(Client(), f"{first}?of=held")) == 27
    for number in range(27):
        asked = {"question": f"Lunch {number}.", "answers": [("Yes", ""), ("No", "")]}
        services.begin_round(by=here.tom, project=here.project, **asked, now=NOW)
    assert len(reached(tom, reverse("rooms:rounds", args=[here.project.address]))) == 27
    Round.objects.update(hands=[9, 9])
    assert "?of=hands" in text_of(Client().get(first))
    assert len(reached(Client(), f"{first}?of=hands")) == 27


def reached(client: Client, page: str) -> set[str]:
    """What is on this page and those that follow it."""
    shown = text_of(client.get(page))
    found = set(re.findall(r"Lunch \d+\.", shown.partition("<main")[2]))
    after = re.search(r'href="(\?[^"]*from=[^"]+)"', shown)
    if after is None or "Lunch" not in shown:
        return found
    path = page.partition("?")[0]
    return found | reached(client, path + html.unescape(after[1]))


def test_the_short_address_is_told_to_those_who_run_rooms() -> None:
    here, room, _handed = done(notes=3)
    assert f"/r/{room.code}/" in text_of(signed_in(here.tom).get(href(room)))
    assert f"/r/{room.code}/" not in text_of(Client().get(href(room)))


def test_the_board_is_narrowed_only_to_a_room_with_ten_notes() -> None:
    here, many, _handed = done(notes=10)
    _here, few, _handed = done(here, notes=3)
    Words.objects.update(state=Words.State.RELEASED, released_on=NOW.date(), shown="Read.")
    board = reverse("voices:board", args=[here.project.address])
    found = {
        room.pk: Client().get(f"{board}?room={room.code}").context["page"].rows
        for room in (many, few)
    }
    assert {each.answers for each in found[many.pk]} == {many.ref}
    assert len(found[few.pk]) == 13, "it narrows nothing"
    board_now = text_of(Client().get(f"{board}?room={many.code}"))
    assert many.title in board_now
    assert many.title not in text_of(Client().get(board))
    assert f"?room={many.code}" in text_of(Client().get(href(many)))
    small = text_of(Client().get(href(few)))
    assert f"?room={few.code}" not in small
    assert "People could guess who said what" in small


def test_the_room_is_a_way_to_listen() -> None:
    here = listening_project()
    titles = [each.title for each in ways_of(here.project, now=NOW)]
    assert "Rooms" in titles


@pytest.mark.parametrize("number", [1, 3])
def test_pages_cost_the_same_for_one_and_for_three(number: int) -> None:
    here, room = opened(notes=number)
    for _each in range(number):
        done(here, notes=number)
        note(here, room)
        services.begin_round(
            by=here.tom,
            project=here.project,
            question="More?",
            answers=[("Yes", ""), ("No", "")],
            now=NOW,
        )
        label = Label.objects.create(organisation=here.organisation, text=f"L{_each}")
        services.count_present(by=here.tom, room=room, label=label, count=3, now=NOW)
    last = Room.objects.filter(state=Room.State.DONE)[0]
    client = signed_in(here.tom)
    listed = [reverse(f"rooms:{n}", args=[here.project.address]) for n in ("list", "rounds", "new")]
    for page in (*listed, href(room, "run"), href(room, "who"), href(last)):
        client.get(page)
        with at_most(ENOUGH):
            assert client.get(page).status_code == 200
    services.read_back(by=here.tom, room=room, now=NOW)
    for page in ("back", "finish"):
        with at_most(ENOUGH):
            assert client.get(href(room, page)).status_code == 200
    assert Voice.objects.count() == number * number
