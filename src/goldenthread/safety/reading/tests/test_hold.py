from datetime import date, timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes
from goldenthread.projects.models import Duty
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import services
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db


def test_everything_sent_is_held_until_a_reader_has_read_it() -> None:
    here = listening_project()
    words = services.hold_words(project=here.project, text="  The wait\r\nis long. ", now=NOW)
    words.refresh_from_db()
    assert words.state == Words.State.HELD
    assert words.text == "The wait\nis long."
    assert words.shown is None
    assert words.received_on == date(2026, 3, 10)


def test_it_is_due_at_the_end_of_the_staffed_hours_promised() -> None:
    here = listening_project()  # read from 9 to 13 on weekdays, within 8 staffed hours
    for later in (0, 61):  # minutes: when exactly it came is not to be seen from it
        now = NOW + timedelta(minutes=later)
        words = services.hold_words(project=here.project, text="The wait is long.", now=now)
        assert words.due_at.isoformat() == "2026-03-11T13:00:00+00:00"


def test_the_record_holds_a_salted_commitment_and_no_words() -> None:
    here = listening_project()
    for _twice in range(2):
        services.hold_words(project=here.project, text="The same words.", now=NOW)
    facts = [entry.facts for entry in HeldEntry.objects.filter(kind="words.received")]
    assert len({each["commit"] for each in facts}) == 2
    assert "same words" not in str(facts)
    assert not Entry.objects.exists()


def test_a_receipt_in_the_words_is_refused() -> None:
    here = listening_project()
    with pytest.raises(Refusal, match="receipt") as refused:
        services.hold_words(project=here.project, text=f"Mine is {codes.new()}.", now=NOW)
    assert refused.value.field == "text"
    assert not Words.objects.exists()


def test_nothing_written_is_refused() -> None:
    here = listening_project()
    with pytest.raises(Refusal):
        services.hold_words(project=here.project, text=" \n ", now=NOW)


def test_many_are_held_in_few_statements(django_assert_max_num_queries) -> None:
    here = listening_project()
    with django_assert_max_num_queries(60):
        held = services.hold_many(
            project=here.project, texts=[f"Voice {n}" for n in range(40)], now=NOW
        )
    assert [words.imported for words in held] == [True] * 40
    assert Words.objects.filter(state="held").count() == 40
    assert HeldEntry.objects.count() == 40


@pytest.mark.parametrize("gone", ["rota", "late"])
def test_without_readers_a_line_beside_an_answer_is_not_taken(gone: str) -> None:
    here = listening_project()
    line = {"project": here.project, "text": "A little.", "purpose": "confirmation", "now": NOW}
    services.hold_words(**line)
    if gone == "rota":
        Duty.objects.all().delete()
    else:
        here.project.box_closed_because = "readers-late"
    with pytest.raises(Refusal, match="Nobody can read"):
        services.hold_words(**line)
