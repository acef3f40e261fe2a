"""Rooms, rounds and paper in a real browser: by keyboard, at 320 px, without scripts."""

import os
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, press_on, without_javascript
from goldenthread.listen.rooms.models import Note, Room, Round
from goldenthread.listen.rooms.tests.factories import planned
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.young.tests.factories import school

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
LATER = NOW + timedelta(seconds=20)


@pytest.fixture
def here(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield school()


def let_in(page: Page, live_server: Any, person: Person) -> None:
    value = signed_in(person).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])


def address(live_server: Any, name: str, *args: object) -> str:
    return f"{live_server.url}{reverse(name, args=args)}"


def test_notes_are_taken_and_confirmed_by_keyboard_alone(
    page: Page, live_server: Any, here: Listening
) -> None:
    _here, room = planned(here)
    let_in(page, live_server, here.tom)
    page.goto(address(live_server, "rooms:prepare", here.project.address, room.code))
    check_page(page)
    press_on(page, page.get_by_role("button", name="Open it on this device"))
    page.get_by_text(room.steps[0].prompt).wait_for()
    for words in ("The bus is late.", "Keep the soup."):
        page.keyboard.type(words)  # the box has the focus already
        page.keyboard.press("Enter")
        page.get_by_text(words).wait_for()
    check_page(page)
    press_on(page, page.get_by_role("button", name="Start the time"))
    page.get_by_text("About 10 minutes left").wait_for()
    press_on(page, page.get_by_role("button", name="Read the notes back"))
    page.get_by_role("heading", name="Did we get this right?").wait_for()
    check_page(page)
    press_on(page, page.get_by_label("Someone wants a slip for this note"), "Space")
    press_on(page, page.get_by_role("button", name="Yes, that is right"))
    page.get_by_text("Keep the soup.").first.wait_for()
    press_on(page, page.get_by_role("button", name="Leave it out"))
    page.get_by_role("heading", name="Send what is right to the readers").wait_for()
    check_page(page)
    with clock.frozen(LATER):
        press_on(page, page.get_by_role("button", name="Send them to the readers"))
        page.get_by_role("heading", name="Slips to hand out").wait_for()
        check_page(page)
        press_on(page, page.get_by_role("button", name="They are handed out. Put them away"))
        page.get_by_role("heading", name="Were you there?").wait_for()
        check_page(page)
    assert [each.words.text for each in Voice.objects.all()] == ["The bus is late."]
    assert not Note.objects.exists()


def test_a_round_in_class_by_hands(page: Page, live_server: Any, here: Listening) -> None:
    let_in(page, live_server, here.tom)
    page.goto(address(live_server, "rooms:rounds", here.project.address))
    check_page(page)
    page.get_by_label("What do you ask?").fill("What would make breaks better?")
    for number, (text, picture) in enumerate((("More games", "ball"), ("Quiet", "quiet")), 1):
        page.get_by_label(f"Answer {number}", exact=True).fill(text)
        page.get_by_label(f"Picture for answer {number}").select_option(picture)
    press_on(page, page.get_by_role("button", name="Show it to the class"))
    page.get_by_role("button", name="Start the time").wait_for()
    check_page(page)
    page.get_by_label("More games").fill("17")
    page.get_by_label("Quiet").fill("6")
    press_on(page, page.get_by_role("button", name="Save the count"))
    page.get_by_text("most hands").wait_for()
    check_page(page)
    assert Round.objects.get().hands == [17, 6]


def test_a_room_works_without_scripts(browser: Browser, live_server: Any, here: Listening) -> None:
    _here, room = planned(here)
    with without_javascript(browser, live_server.url, width=320) as page:
        let_in(page, live_server, here.tom)
        page.goto(address(live_server, "rooms:prepare", here.project.address, room.code))
        page.get_by_role("button", name="Open it on this device").click()
        page.get_by_text("10 minutes").wait_for()
        assert not page.get_by_role("button", name="Start the time").is_visible()
        page.get_by_label("What was said").fill("The bus is late.")
        page.get_by_role("button", name="Save this note").click()
        page.get_by_role("button", name="Read the notes back").click()
        page.get_by_role("button", name="Yes, that is right").click()
        with clock.frozen(LATER):
            page.get_by_role("button", name="Send them to the readers").click()
            page.get_by_text("Nobody took a slip").wait_for()
    assert Room.objects.get().state == Room.State.DONE


def test_paper_is_typed_in_by_keyboard_one_form_after_another(
    page: Page, live_server: Any, here: Listening
) -> None:
    let_in(page, live_server, here.tom)
    page.goto(address(live_server, "voices:paper", here.project.address))
    check_page(page)
    for number in (1, 2):
        assert page.evaluate("document.activeElement.name") == "text"
        page.keyboard.type(f"Form {number}: the bus is late.")
        with clock.frozen(NOW + timedelta(minutes=number)):
            page.keyboard.press("Control+Enter")
            page.get_by_role("heading", name=f"Saved: form {number}").wait_for()
    with clock.frozen(NOW + timedelta(minutes=3)):
        check_page(page)
        press_on(page, page.get_by_role("button", name="It is handed over"))
        page.get_by_label("Their words").wait_for()
        assert page.locator(".receipt-code").count() == 0
    assert Voice.objects.filter(came_by="paper").count() == 2
