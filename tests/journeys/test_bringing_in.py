"""What other tools hold is brought in by page: a Polis conversation up to its map, and a survey.

A damaged file is said plainly and leaves nothing behind.
"""

import os
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db.models import F

from goldenthread.kit.testing.browser import check_page
from goldenthread.listen.conversations.models import Conversation, Participant, Stance, Statement
from goldenthread.listen.surveys.files.tests import exports
from goldenthread.listen.surveys.files.tests.exports import as_book
from goldenthread.listen.surveys.models import Answers, Survey
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words
from tests.journeys.conftest import Crowd
from tests.journeys.hands import Hands

pytestmark = [pytest.mark.submission, pytest.mark.django_db(transaction=True)]
SHARED = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
EXPORT = SHARED / "polis" / "ssis.land-bank-farmland.2rumnecbeh.2021-08-01"
FILES = ("comments.csv", "participants-votes.csv", "summary.csv")
BOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PATIENT = 60_000  # milliseconds: thousands of answers are brought in and counted
AS_FOUND = "As found in the files"
TURNED = "-1 is agree, 1 is disagree"


def on_the_smallest_phone(hands: Hands) -> Hands:
    """Let every page be looked at as narrow as it may be, and wait for what takes its time."""
    hands.page.set_default_timeout(PATIENT)
    hands.page.set_viewport_size({"width": 320, "height": 800})
    return hands


def look(hands: Hands) -> None:
    """Look also at what axe does not: nothing is wider than the phone, or too small to touch."""
    if hands.mirror is None:
        check_page(hands.page, widths=(320,), schemes=("light",))


def nothing_kept() -> bool:
    """Return whether nothing of any file stays with us."""
    kept = (Conversation, Statement, Participant, Stance, Survey, Answers, Voice, Words, Batch)
    return not any(model.objects.exists() for model in kept)


@pytest.mark.skipif(not EXPORT.exists(), reason=f"the shared conversations are not in {SHARED}")
def test_a_conversation_of_polis_becomes_a_map(around: Listening, crowd: Crowd) -> None:
    tom = on_the_smallest_phone(crowd.hands_of(around.tom))
    tom.go(f"/p/{around.project.address}/conversations/")
    tom.press("Bring in a conversation from Polis")
    tom.hand_in("The files", [EXPORT / name for name in FILES])
    tom.press("Look at it first")
    tom.sees("What is in these files")
    look(tom)
    tom.pick("What stands for agree?", TURNED)
    tom.press("Look again")
    tom.sees("-1 (as you chose)")
    tom.pick("What stands for agree?", AS_FOUND)
    tom.fill("Which question do these statements answer?", "What shall become of the land?")
    assert nothing_kept()
    tom.press("Bring it in")
    tom.sees("It is here. Its statements wait for the readers.")
    assert Statement.objects.count() == 192
    Words.objects.update(state="released", shown=F("text"), released_on=NOW.date())
    tom.press("Open it")
    tom.sees("It is open.")
    tom.press("Count the answers now")
    tom.press("See it as others do")
    tom.press("See what people think")
    tom.sees("What shall become of the land?")
    tom.sees("Where groups differ")


def test_a_survey_of_another_tool_becomes_results(around: Listening, crowd: Crowd) -> None:
    whole = as_book(exports.microsoft(80))
    book: Any = {"name": "Waiting well(1-80).xlsx", "mimeType": BOOK, "buffer": whole}
    tom = on_the_smallest_phone(crowd.hands_of(around.tom))
    tom.go(f"/p/{around.project.address}/surveys/import/")
    tom.hand_in("Your file", [book | {"buffer": whole[: len(whole) // 2]}])
    tom.press("Look at it first")
    tom.sees("This file is damaged: it begins like a workbook but cannot be opened.")
    assert nothing_kept()
    tom.hand_in("Your file", [book])
    tom.press("Look at it first")
    tom.sees("80 people answered.")
    look(tom)
    assert nothing_kept()
    tom.day("When people were asked", date(2026, 2, 16))
    tom.press("Bring in this survey")
    tom.sees("The survey is here.")
    assert Answers.objects.count() == 80
    tom.press("Freeze the results now")
    tom.sees("The results are frozen.")
