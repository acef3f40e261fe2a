"""Bringing in a survey that was asked with another tool: looked at first, then all or nothing."""

import json
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.surveys.files.tests import exports
from goldenthread.listen.surveys.files.tests.exports import as_book, as_text
from goldenthread.listen.surveys.models import Answers, Question, Survey, Wave
from goldenthread.listen.surveys.services import bringing
from goldenthread.listen.voices.models import Batch, Voice
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, Listening, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
Kind = Question.Kind


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Listening:
    return listening_project()


def page_of(around: Listening) -> str:
    return reverse("surveys:import", args=[around.project.address])


def choose(around: Listening, data: bytes, name: str = "Waiting well(1-40).xlsx") -> Any:
    return signed_in(around.tom).post(page_of(around), {"file": SimpleUploadedFile(name, data)})


def as_shown(answer: Any, **said: str) -> dict[str, str]:
    """What a browser sends back of the page, with some answers changed."""
    matching = answer.context["matching"]
    sent = {"sheet": matching.about["sheet"].value(), "title": matching.about["title"].value()}
    for form in matching.columns:
        for field in form:
            if field.value() not in (None, False):
                sent[field.html_name] = str(field.value())
    return {**sent, "asked_on": "2026-02-16", "act": "bring", **said}


def bring(around: Listening, answer: Any, **said: str) -> Any:
    browser = signed_in(around.tom)
    return browser.post(page_of(around), as_shown(answer, **said), follow=True)


def test_a_short_name_of_a_column_becomes_what_was_asked(around: Listening) -> None:
    first = choose(around, as_text([["svc_use"], *[["now"], ["never"]] * 10]), "people.csv")
    [column] = first.context["matching"].columns
    empty = bring(around, first, **{column["asked"].html_name: ""})
    assert "Write what people were asked." in empty.content.decode()
    assert nothing_is_kept()
    bring(around, first, **{column["asked"].html_name: "Do you use the service?"})
    assert [each.text for each in Question.objects.all()] == ["Do you use the service?"]


def nothing_is_kept() -> bool:
    return not any(model.objects.exists() for model in (Survey, Answers, Voice, Words, Batch))


def test_a_file_is_shown_first_and_nothing_is_saved(around: Listening) -> None:
    answer = choose(around, as_book(exports.microsoft()))
    text = answer.content.decode()
    assert "It looks like an export of Microsoft Forms." in text
    assert 'value="Waiting well"' in text
    assert "Left out, as it points to people: ID, Start time, Completion time, Email, Name." in text
    assert "40 people answered." in text
    assert "30 answers in words go to the readers, apart from the ticks." in text
    assert "I study" in text
    assert nothing_is_kept()
    sealed = answer.context["matching"].about["sheet"].value()
    assert "nobody rang" not in sealed
    assert "anonymous" not in text  # what is left out is not shown either


def test_once_confirmed_all_of_it_comes_in(around: Listening) -> None:
    answer = choose(around, as_book(exports.microsoft()))
    done = bring(around, answer, **{"c7-area": "Finding help", "c7-sensitive": "1"})
    assert "The survey is here." in done.content.decode()
    survey, wave = Survey.objects.get(), Wave.objects.get()
    assert (survey.title, survey.state, wave.number) == ("Waiting well", "closed", 1)
    assert (wave.opened_on, wave.closed_on) == (date(2026, 2, 16), date(2026, 3, 10))
    asked = list(survey.questions.order_by("position"))
    assert [each.kind for each in asked] == ["choice", "scale", "many", "number", "date", "long"]
    assert (asked[1].area, asked[1].sensitive, asked[1].keys) == ("Finding help", True, [*"12345"])
    assert Answers.objects.count() == 40
    voices = Voice.objects.filter(answers=asked[5].ref)
    assert voices.count() == 30
    assert set(voices.values_list("came_by", "kind", "asked")) == {
        ("imported", "answer", "What would have helped?")
    }
    assert set(Words.objects.values_list("state", flat=True)) == {"held"}
    assert Entry.objects.filter(kind="survey.brought-in").count() == 1


def test_ticks_are_counted_truly(around: Listening) -> None:
    bring(around, choose(around, as_text(exports.microsoft())))
    campus, scale, many, *_rest = Question.objects.order_by("position")
    labels = {each["key"]: each["text"] for each in campus.options}
    given = [each.given for each in Answers.objects.all()]
    said = [labels[each[str(campus.ref)]] for each in given]
    assert {label: said.count(label) for label in labels.values()} == {
        "I study": 14,
        "I work": 13,
        "Both": 13,
    }
    assert sorted({each[str(scale.ref)] for each in given}) == [1, 2, 3, 4, 5]
    helped = {each["key"]: each["text"] for each in many.options}
    ticked = [[helped[key] for key in each[str(many.ref)]] for each in given]
    assert sum("Friends" in each for each in ticked) == sum(
        "Friends" in line[8] for line in exports.microsoft()[1:]
    )


def test_nothing_of_who_and_when_is_left_and_nothing_joins_words_to_ticks(
    around: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = exports.google()

    def order_kept() -> bool:
        """Whether the words stand in the order of the file beside the ticks."""
        campus = Question.objects.get(text="Which campus?")
        likely = Question.objects.get(text="How likely is it that you come again?")
        told = [(a.given[str(campus.ref)], a.given[str(likely.ref)]) for a in Answers.objects.all()]
        north = {each["text"]: each["key"] for each in campus.options}
        file = [(north[line[2]], int(line[6])) for line in lines[1:]]
        return told == file

    bring(around, choose(around, as_text(lines)))
    kept = json.dumps(list(Answers.objects.values_list("given", flat=True)))
    kept += json.dumps(list(Words.objects.values_list("text", flat=True)))
    kept += json.dumps(list(Question.objects.values_list("text", flat=True)))
    assert "example.org" not in kept
    assert "2026/03" not in kept
    assert not order_kept()
    # The control: without the mixing they do stand in the order of the file.
    Survey.objects.all().delete()
    Batch.objects.all().delete()
    monkeypatch.setattr(bringing.CHANCE, "shuffle", lambda _rows: None)
    bring(around, choose(around, as_text(lines)))
    assert order_kept()


def test_codes_are_given_a_meaning_by_hand(around: Listening) -> None:
    answer = choose(around, as_text(exports.jisc()))
    assert "1 = " in answer.content.decode()
    named = "1 = Strongly disagree\n2 = Disagree\n3 = Neither\n4 = Agree\n5 = Strongly agree"
    said = {"c1-named": "1 = North\n2 = South", "c2-kind": "scale", "c2-named": named}
    bring(around, answer, **said)
    campus, scale, many, _words = Question.objects.order_by("position")
    assert [each["text"] for each in campus.options] == ["North", "South"]
    assert scale.options[0]["text"] == "Strongly disagree"
    assert (scale.kind, scale.keys) == (Kind.SCALE, [*"12345"])
    assert [each["text"] for each in many.options] == ["Friends", "A helpline"]


def test_a_column_that_cannot_be_what_somebody_says_is_explained_beside_it(
    around: Listening,
) -> None:
    answer = choose(around, as_text(exports.plain(60)))
    again = bring(around, answer, **{"c3-kind": "choice"})
    assert "There are more than 30 different answers." in again.content.decode()
    assert 'id="id_c3-kind_error"' in again.content.decode()
    words = bring(around, answer, **{"c0-kind": "scale"})
    assert "Write them below, the lowest first." in words.content.decode()
    numbers = bring(around, answer, **{"c0-kind": "number"})
    assert "Row 2, column A" in numbers.content.decode()
    assert "“Ward A” is not a number." in numbers.content.decode()
    assert nothing_is_kept()


def test_the_same_file_twice_is_refused_however_it_is_saved(around: Listening) -> None:
    bring(around, choose(around, as_text(exports.plain())))
    again = bring(around, choose(around, as_book(exports.plain()), "other name.xlsx"))
    assert "This file was brought in before. Nothing was changed." in again.content.decode()
    assert Survey.objects.count() == 1
    assert Answers.objects.count() == 40


def test_one_receipt_in_the_words_and_nothing_comes_in(around: Listening) -> None:
    lines = exports.plain()
    lines[2][3] = "My receipt is K7M3-9QXP-4T2W-8RHN-5ZJC."
    again = bring(around, choose(around, as_text(lines)))
    assert "Row 3, column D" in again.content.decode()
    assert nothing_is_kept()


def test_a_fault_of_the_database_brings_nothing_in(around: Listening) -> None:
    """The last table that is written refuses: what was written before goes too."""
    answer = choose(around, as_text(exports.plain()))
    with connection.cursor() as cursor:
        table = Answers._meta.db_table
        cursor.execute(f"alter table {table} add constraint refused check (false) not valid")
    with pytest.raises(IntegrityError, match="refused"):
        bring(around, answer)
    assert nothing_is_kept()


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b'a,b\n1,"open\n', b"\x89PNG\x00\x00", b"a\n"]
)
def test_a_broken_file_is_explained_beside_the_field(around: Listening, data: bytes) -> None:
    answer = choose(around, data)
    assert 'id="id_file_error"' in answer.content.decode()
    assert nothing_is_kept()


def test_words_wait_until_the_box_is_open_and_ticks_come_in_without(around: Listening) -> None:
    around.project.stages.filter(name="listen").update(closes_on=date(2026, 3, 3))
    answer = choose(around, as_text(exports.plain()))
    bring(around, answer)
    assert nothing_is_kept()
    bring(around, answer, **{"c3-kind": "out"})
    assert Answers.objects.count() == 40
    assert not Voice.objects.exists()


def test_a_closed_project_takes_no_survey_with_words_or_without(around: Listening) -> None:
    first = choose(around, as_text([["svc_use"], *[["now"], ["never"]] * 10]), "people.csv")
    [column] = first.context["matching"].columns
    asked = {column["asked"].html_name: "Do you use the service?"}
    Project.objects.update(state="closed", closed_on=NOW.date())
    assert "This project is closed." in bring(around, first, **asked).content.decode()
    assert nothing_is_kept()
    assert 'type="file"' not in signed_in(around.tom).get(page_of(around)).content.decode()
    Project.objects.update(state="open", closed_on=None)
    control = signed_in(around.tom).get(page_of(around)).content.decode()
    assert 'type="file"' in control
    bring(around, first, **asked)
    assert Survey.objects.count() == 1


def test_a_sheet_that_we_did_not_seal_is_refused(around: Listening) -> None:
    sent = {"sheet": "made up", "title": "A", "asked_on": "2026-02-16", "act": "bring"}
    assert signed_in(around.tom).post(page_of(around), sent).status_code == 409


@pytest.mark.parametrize(
    "name", ["rosa", "priya", "dev", "cara", "ada", "mina", "nell", "stranger"]
)
def test_the_page_is_there_for_facilitators_alone(around: Listening, name: str) -> None:
    assert signed_in(getattr(around, name)).get(page_of(around)).status_code == 404
    assert Client().get(page_of(around)).status_code == 404
    assert signed_in(around.tom).get(page_of(around)).status_code == 200


def test_the_page_costs_ten_queries_at_most(around: Listening) -> None:
    browser = signed_in(around.tom)
    browser.get(page_of(around))
    with at_most(10):
        browser.get(page_of(around))


def test_five_thousand_people_come_in_with_few_queries(around: Listening) -> None:
    lines = [line[:3] for line in exports.plain(5000)]
    answer = choose(around, as_text(lines))
    sent = as_shown(answer)
    browser = signed_in(around.tom)
    with at_most(45):
        browser.post(page_of(around), sent)
    assert Answers.objects.count() == 5000


@pytest.mark.weekly
def test_a_hundred_thousand_people_come_in(around: Listening) -> None:
    lines = [line[:3] for line in exports.plain(100_000)]
    bring(around, choose(around, as_text(lines)))
    assert Answers.objects.count() == 100_000
