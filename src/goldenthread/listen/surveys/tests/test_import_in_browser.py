"""From a file of another tool to results on the wall, in a real browser: nobody is kept out."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from goldenthread.kit import clock
from goldenthread.kit.testing.browser import check_page, take_picture
from goldenthread.listen.surveys.files.tests import exports
from goldenthread.listen.surveys.files.tests.exports import as_book
from goldenthread.listen.surveys.models import Answers, Question, Survey
from goldenthread.listen.surveys.services import freeze
from goldenthread.listen.surveys.tests.answering import answered_all, wave_of
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.submission]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # Playwright runs a loop of its own
PICTURES = os.environ.get("GOLDENTHREAD_PICTURES", "")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture
def around(live_server: Any) -> Iterator[Listening]:
    with clock.frozen(NOW):
        yield listening_project()


def look(page: Page, name: str) -> None:
    check_page(page)
    if PICTURES:
        for width in (375, 1280):
            take_picture(page, f"surveys-{name}", Path(PICTURES), width)


def test_import(page: Page, live_server: Any, around: Listening) -> None:
    value = signed_in(around.tom).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": value, "url": live_server.url}])
    page.goto(live_server.url + reverse("surveys:import", args=[around.project.address]))
    look(page, "import")
    lines = exports.microsoft(80)
    file: Any = {"name": "Waiting well(1-80).xlsx", "mimeType": XLSX, "buffer": as_book(lines)}
    page.set_input_files("input[type=file]", file)
    page.get_by_role("button", name="Look at it first").click()
    page.get_by_text("80 people answered.").wait_for()
    look(page, "match")
    page.get_by_role("button", name="Bring in this survey").click()
    page.get_by_text("Say when people were asked.").first.wait_for()
    look(page, "match-error")
    page.get_by_label("When people were asked").fill("2026-02-16")
    page.get_by_text("More about this question").nth(1).click()
    page.get_by_label("Which area it belongs to").nth(0).fill("Finding help")
    page.get_by_role("button", name="Bring in this survey").click()
    page.get_by_text("The survey is here.").wait_for()
    assert Answers.objects.count() == 80
    look(page, "no-results")
    page.get_by_role("button", name="Freeze the results now").click()
    page.get_by_text("The results are frozen.").wait_for()
    look(page, "results")
    _ask_again()
    page.reload()
    page.get_by_role("link", name="See what changed").click()
    page.get_by_text("These are different people").wait_for()
    look(page, "compare")
    page.get_by_role("link", name="Results").first.click()
    page.get_by_role("link", name="Strengths and gaps, to show or print").click()
    page.get_by_role("heading", name="Finding help").wait_for()
    look(page, "gaps")
    page.get_by_role("link", name="Make a topic of this").click()
    page.get_by_role("heading", name="Make a topic of “Finding help”").wait_for()
    look(page, "from-gap")


def _ask_again() -> None:
    """Ask the same questions of others, who have an easier time."""
    survey = Survey.objects.get()
    scale = survey.questions.get(kind=Question.Kind.SCALE)
    wave = wave_of(survey, 2)
    points = [1] * 10 + [2] * 12 + [3] * 14 + [4] * 24 + [5] * 30
    answered_all(wave, [{scale: point} for point in points])
    freeze(wave=wave, now=NOW)
