"""What was chosen at a quick question is locked, mixed and counted; nothing joins it to words."""

from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from goldenthread.kit import clock
from goldenthread.listen.questions import locks, services
from goldenthread.listen.questions.models import Choice, Question
from goldenthread.listen.questions.tasks import end_due, mix_choices
from goldenthread.listen.questions.tests.factories import asked, option, replied
from goldenthread.listen.questions.tests.test_ask import TOMORROW
from goldenthread.projects.tests.factories import NOW, listening_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _keys(tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield


def column(what: str, table: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(f"select {what} from {table} order by xmin::text::bigint")  # noqa: S608
        return [row[0] for row in cursor.fetchall()]


def test_no_copy_of_the_database_joins_a_choice_to_words() -> None:
    """The controls: before mixing the order of writing joins them, and with the key they open."""
    question = asked(listening_project())
    chosen = [option(question, number % 2) for number in range(10)]
    for number, each in enumerate(chosen):
        replied(question, option=each, text=f"Heron {number}.")
    copy = [bytes(each) for each in column("sealed", "questions_choice")]
    assert locks.unlock(question.pk, copy) == chosen, "the control: in the order of the words"
    moments = column("xmin::text", "questions_choice")
    assert len(set(moments)) == len(chosen)
    assert not set(moments) & set(column("xmin::text", "voices_voice")), "each by itself"
    rows = column("row_to_json(each)::text", "questions_choice each")
    assert not [row for row in rows for each in chosen if each.hex in row or str(each) in row]
    assert len({len(each) for each in copy}) == 1, "its length says nothing"
    assert len(set(copy)) == len(copy), "nor does likeness"
    before = set(Choice.objects.values_list("pk", flat=True))
    mix_choices(now=NOW)
    assert len(set(column("xmin::text", "questions_choice"))) == 1
    assert not before & set(Choice.objects.values_list("pk", flat=True))
    end_due(now=TOMORROW)
    assert Question.objects.get().counted == {"0": None, "1": None}, "5 and 5: too few to tell"
    assert not Choice.objects.exists()
    assert not locks.is_there(question.pk)
    assert locks.unlock(question.pk, copy) == [], "an old copy of the database opens nothing"


def test_what_was_mixed_still_counts_once_and_can_be_changed() -> None:
    house = listening_project()
    question = asked(house)
    for number in range(12):
        replied(question, option=option(question, number % 2))
    replied(question, by=house.mina, option=option(question, 0))
    mix_choices(now=NOW)
    replied(question, by=house.mina, option=option(question, 1))
    assert Choice.objects.count() == 13
    replied(question, option=option(question, 0))
    for _each in range(7):
        replied(question, option=option(question, 0))
    services.end(by=house.tom, question=question, now=NOW)
    question.refresh_from_db()
    assert question.counted["0"] == 15, "6 and 8"
    left = asked(house)
    replied(left, option=option(left))
    left.delete()
    mix_choices(now=NOW)
    assert not locks.questions_with_keys(), "no key outlives its question"
