"""Speaking and hearing in a real browser: nobody is kept out, and no script is needed."""

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import (
    check_page,
    press_on,
    take_picture,
    without_javascript,
)
from goldenthread.listen.voices.models import Voice
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.organisations.models import Label
from goldenthread.people.accounts.models import Person
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")
WORDS = "Nobody told me how long the wait for counselling would be."
LATER = NOW + timedelta(seconds=20)


@pytest.fixture
def around(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(NOW):
        around = listening_project()
        Label.objects.create(organisation=around.organisation, text="First year")
        yield around


def sign_in(page: Page, person: Person, live_server: Any) -> None:
    value = signed_in(person).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])


def look(page: Page, name: str) -> None:
    check_page(page)
    if PICTURES:
        for width in (375, 1280):
            take_picture(page, f"voices-{name}", Path(PICTURES), width)


def href(live_server: Any, name: str, *args: Any) -> str:
    return live_server.url + reverse(f"voices:{name}", args=args)


def test_nobody_is_kept_out_of_speaking(page: Page, live_server: Any, around: Listening) -> None:
    released_voice(around.project, "The wait for counselling has no end.")
    page.goto(href(live_server, "speak", around.project.address))
    look(page, "speak")
    page.get_by_text("Say more, if you like").click()
    page.get_by_role("button", name="Send it to a reader").click()
    look(page, "speak-error")
    page.get_by_label("Your words").fill(WORDS)
    page.get_by_role("button", name="See what others said").click()
    page.get_by_text("The wait for counselling has no end.").wait_for()
    look(page, "speak-similar")
    with clock.frozen(LATER):
        page.get_by_role("button", name="Send it to a reader").dblclick()
        page.get_by_role("heading", name="Your receipt").wait_for()
        look(page, "sent")
    assert Voice.objects.count() == 2
    Project.objects.update(box_closed_on=NOW.date(), box_closed_because="readers-late")
    page.goto(href(live_server, "speak", around.project.address))
    look(page, "closed")


def test_nobody_is_kept_out_of_the_board(page: Page, live_server: Any, around: Listening) -> None:
    address = around.project.address
    page.goto(href(live_server, "board", address))
    look(page, "board-empty")
    voices = [released_voice(around.project, f"{WORDS} ({number})") for number in range(27)]
    Words.objects.filter(pk=voices[0].pk).update(note_shown="about waiting")
    sign_in(page, around.mina, live_server)
    for query in ("", "?kind=issue&q=counselling", "?kind=praise"):
        page.goto(href(live_server, "board", address) + query)
        look(page, "board" + query.replace("?", "-").replace("&", "-"))
    page.goto(href(live_server, "voice", address, voices[0].pk))
    page.get_by_text("Before you read: about waiting").click()
    look(page, "voice")
    page.get_by_role("button", name="True for me too").click()
    page.get_by_text("True for you too").wait_for()
    check_page(page)


def test_nobody_is_kept_out_of_bringing_voices_in(
    page: Page, live_server: Any, around: Listening
) -> None:
    sign_in(page, around.tom, live_server)
    page.goto(href(live_server, "import", around.project.address))
    look(page, "import")
    lines = b"id,said\n1,The wait is long.\n2,\n3,Evenings would help.\n"
    file: Any = {"name": "said.csv", "mimeType": "text/csv", "buffer": lines}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_text("2 voices will wait for the readers.").wait_for()
    look(page, "match")
    page.get_by_role("button", name="Bring in 2 voices").click()
    page.get_by_text("2 voices wait for the readers now.").wait_for()
    page.goto(href(live_server, "paper", around.project.address))
    look(page, "paper")
    page.get_by_label("Their words").fill("On paper.")
    with clock.frozen(LATER):
        page.get_by_role("button", name="Save it, and go on with the next").click()
        page.get_by_role("heading", name="Saved: form 1").wait_for()
        look(page, "saved")
        page.get_by_role("link", name="Print the slip").click()
        page.wait_for_load_state()
        look(page, "slip")


def test_a_guest_speaks_without_a_script(
    browser: Browser, live_server: Any, around: Listening
) -> None:
    released_voice(around.project, "The wait for counselling has no end.")
    with without_javascript(browser, live_server.url) as page:
        page.goto(href(live_server, "short", around.project.short))
        page.get_by_label("Your words").fill(WORDS)
        page.get_by_role("button", name="See what others said").click()
        page.get_by_text("The wait for counselling has no end.").wait_for()
        assert page.get_by_label("Your words").input_value() == WORDS
        with clock.frozen(LATER):
            page.get_by_role("button", name="Send it to a reader").click()
            code = page.locator("#code").inner_text()
            page.get_by_role("button", name="I have it. Close this page").click()
            page.wait_for_url(
                live_server.url + reverse("pages:project", args=[around.project.address])
            )
            page.go_back()
            assert code not in page.content()
    assert Voice.objects.filter(words__text=WORDS).count() == 1


def test_a_guest_speaks_by_keyboard_alone(page: Page, live_server: Any, around: Listening) -> None:
    page.goto(href(live_server, "speak", around.project.address))
    press_on(page, page.get_by_label("Your words"), "N")
    page.keyboard.type(WORDS)
    with clock.frozen(LATER):
        press_on(page, page.get_by_role("button", name="Send it to a reader"))
        page.get_by_role("heading", name="Your receipt").wait_for()
    assert Voice.objects.get().words.text.endswith(WORDS)
