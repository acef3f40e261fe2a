from datetime import timedelta

import pytest

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading import queries, services
from goldenthread.safety.reading.tests.factories import WordsFactory, for_author
from goldenthread.thread.models import Entry, HeldEntry

pytestmark = pytest.mark.django_db


def asked() -> tuple[object, object]:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    services.ask_back(by=here.rosa, words=words, text="May we show this?", version=0, now=NOW)
    words.refresh_from_db()
    return here, words


def test_the_author_sees_the_question_and_answers() -> None:
    here, words = asked()
    view = for_author(words)
    assert view.question_open
    assert [line.text for line in view.exchanges] == ["May we show this?"]
    services.answer(words=words, text="Yes, please do.", now=NOW)
    words.refresh_from_db()
    assert not for_author(words).question_open
    assert [line.text for line in queries.exchanges_of(words)] == [
        "May we show this?",
        "Yes, please do.",
    ]
    assert words.project == here.project


def test_what_waits_for_its_author_is_not_late() -> None:
    here, words = asked()
    later = NOW + timedelta(days=30)
    assert queries.service_of(here.project, now=later).overdue == 0
    services.answer(words=words, text="Yes.", now=later)
    words.refresh_from_db()
    assert words.due_at > later  # the clock starts anew
    assert queries.service_of(here.project, now=words.due_at + timedelta(hours=1)).overdue == 1


def test_a_reader_may_decide_without_the_answer() -> None:
    here, words = asked()
    services.release(by=here.sam, words=words, version=words.version, now=NOW)
    words.refresh_from_db()
    assert not words.asking
    with pytest.raises(Refusal, match="no question"):
        services.answer(words=words, text="Too late?", now=NOW)


def test_an_answer_is_an_act_of_its_author_in_the_record() -> None:
    _here, words = asked()
    services.answer(words=words, text="Yes.", now=NOW)
    assert HeldEntry.objects.filter(kind="words.author_answered").count() == 1
    assert not Entry.objects.filter(kind="words.author_answered").exists()


def test_a_receipt_in_the_answer_is_refused() -> None:
    _here, words = asked()
    with pytest.raises(Refusal, match="receipt"):
        services.answer(words=words, text=f"It is {codes.new()}", now=NOW)


def test_an_empty_question_or_answer_is_refused() -> None:
    here, words = asked()
    with pytest.raises(Refusal):
        services.answer(words=words, text="  ", now=NOW)
    with pytest.raises(Refusal):
        services.ask_back(by=here.rosa, words=words, text=" ", version=words.version, now=NOW)


def test_nobody_answers_what_was_not_asked() -> None:
    here = listening_project()
    words = WordsFactory.create(project=here.project)
    with pytest.raises(Refusal):
        services.answer(words=words, text="Hello?", now=NOW)
