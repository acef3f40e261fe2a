"""Answering, objecting, taking back and keeping: the author alone, by account or by receipt."""

from datetime import timedelta

import pytest

from goldenthread.kit import clock
from goldenthread.pages.tests.factories import (
    AUTHORS,
    OTHERS,
    Author,
    asked,
    author,
    boxes_in,
    held,
    links_in,
    other,
    read,
    unpublished,
)
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading import services as reading
from goldenthread.safety.reading.models import Exchange, Words

pytestmark = pytest.mark.django_db
LINE = "It was a heron, by the gate."
WRITTEN = ["answer/", "object/"]
ACTS = ["answer/", "object/", "take-back/", "keep/"]


def state_of(mine: Author) -> str:
    return str(Words.objects.get(ref=mine.voice.ref).state)


def lines_of(mine: Author) -> list[tuple[str, str | None]]:
    lines = Exchange.objects.filter(words=mine.voice.ref).order_by("place")
    return list(lines.values_list("kind", "text"))


@pytest.mark.parametrize("who", AUTHORS)
def test_an_answer_reaches_the_reader(house: Listening, who: str) -> None:
    mine = author(house, who, asked(house))
    assert mine.at("answer/") in read(mine.browser, mine.back)
    answer = mine.browser.post(mine.at("answer/"), {"text": LINE}, follow=True)
    assert answer.redirect_chain[0][0] == mine.back
    assert "Thank you. The reader will see your answer." in answer.content.decode()
    assert lines_of(mine)[-1] == ("answered", LINE)
    assert mine.at("answer/") not in read(mine.browser, mine.back)


@pytest.mark.parametrize("who", AUTHORS)
def test_an_objection_brings_another_reader(house: Listening, who: str) -> None:
    mine = author(house, who, unpublished(house))
    assert mine.at("object/") in read(mine.browser, mine.back)
    answer = mine.browser.post(mine.at("object/"), {"text": LINE}, follow=True)
    assert "Thank you. Another reader will look again." in answer.content.decode()
    assert lines_of(mine)[-1] == ("objected", LINE)
    assert (state_of(mine), "Another reader looks at it" in read(mine.browser, mine.back)) == (
        "held",
        True,
    )


@pytest.mark.parametrize("who", AUTHORS)
def test_beside_why_words_are_not_shown_stands_where_every_reason_is(
    house: Listening, who: str
) -> None:
    listed = "/what-we-keep/#not-shown"
    waits = author(house, who)
    assert listed not in read(waits.browser, waits.back)
    mine = author(house, who, unpublished(house))
    assert listed in links_in(read(mine.browser, mine.back))


@pytest.mark.parametrize("who", AUTHORS)
@pytest.mark.parametrize(
    ("act", "typed", "sentence"),
    [
        ("answer/", "", "Write your answer first"),
        ("object/", LINE, "Two people have read this now."),
        ("answer/", f"{LINE} {{code}}", "There is a receipt in what you wrote."),
    ],
)
def test_what_cannot_be_sent_is_given_back_with_the_reason(
    house: Listening, who: str, act: str, typed: str, sentence: str
) -> None:
    mine = author(house, who, asked(house))
    code = receipts.issue(scope=house.project.ref, now=NOW).code
    text = typed.format(code=code)
    answer = mine.browser.post(mine.at(act), {"text": text})
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert boxes_in(answer.content.decode()) == [text]
    assert lines_of(mine) == [("asked", "Which bird was it?")]


@pytest.mark.parametrize("who", AUTHORS)
def test_a_question_that_was_answered_elsewhere_keeps_the_text(house: Listening, who: str) -> None:
    mine = author(house, who, asked(house))
    mine.browser.post(mine.at("answer/"), {"text": "First."})
    again = mine.browser.post(mine.at("answer/"), {"text": LINE}).content.decode()
    assert "There is no question for you here any more." in again
    assert boxes_in(again) == [LINE]


@pytest.mark.parametrize("who", AUTHORS)
def test_taking_back_hides_at_once_and_can_be_undone(house: Listening, who: str) -> None:
    mine = author(house, who)
    reading.release(by=house.rosa, words=mine.voice.words, version=0, now=NOW)
    shown = mine.browser.post(mine.at("take-back/"), follow=True)
    assert shown.redirect_chain[0][0] == mine.back
    assert "Your words are hidden now. In seven days they are gone." in shown.content.decode()
    assert mine.at("keep/") in shown.content.decode()
    assert state_of(mine) == "withdrawn"
    kept = mine.browser.post(mine.at("keep/"), follow=True).content.decode()
    assert "Your words are back where they were." in kept
    assert mine.at("take-back/") in kept
    assert state_of(mine) == "released"


@pytest.mark.parametrize(("days", "status", "state"), [(6, 302, "held"), (7, 409, "withdrawn")])
def test_they_can_be_kept_until_the_seventh_day(
    house: Listening, days: int, status: int, state: str
) -> None:
    mine = author(house, "receipt")
    mine.browser.post(mine.at("take-back/"))
    with clock.frozen(NOW + timedelta(days=days)):
        answer = mine.browser.post(mine.at("keep/"))
    assert (answer.status_code, state_of(mine)) == (status, state)
    assert (b"Seven days have passed" in answer.content) == (status == 409)


@pytest.mark.parametrize("who", AUTHORS)
def test_what_cannot_be_done_twice_is_refused_in_words(house: Listening, who: str) -> None:
    mine = author(house, who)
    kept = mine.browser.post(mine.at("keep/"))
    assert (kept.status_code, b"cannot be brought back" in kept.content) == (409, True)
    mine.browser.post(mine.at("take-back/"))
    again = mine.browser.post(mine.at("take-back/"))
    assert (again.status_code, b"not shown any more" in again.content) == (409, True)


@pytest.mark.parametrize("who", AUTHORS)
def test_what_was_removed_can_be_taken_back_all_the_same(house: Listening, who: str) -> None:
    mine = author(house, who)
    words = reading.release(by=house.rosa, words=mine.voice.words, version=0, now=NOW)
    given = {"second_key_by": house.cara, "because": "advert", "now": NOW}
    reading.remove(by=house.rosa, words=words, **given)
    page = read(mine.browser, mine.back)
    assert mine.at("take-back/") in page
    assert mine.at("appeal/") in page
    gone = mine.browser.post(mine.at("take-back/"), follow=True).content.decode()
    assert "Your words are hidden now. In seven days they are gone." in gone
    assert "Your words were removed" in gone
    assert mine.at("appeal/") not in gone
    assert mine.at("keep/") in gone
    assert Words.objects.get(ref=words.ref).withdrawn_on == NOW.date()
    assert state_of(mine) == "removed"


def test_beside_erased_words_nothing_more_is_written(house: Listening) -> None:
    """A line there would never be erased: the words it belongs to are."""
    mine = author(house, "receipt", unpublished(house))
    acts = [mine.at("object/"), mine.at("take-back/")]
    assert all(act in read(mine.browser, mine.back) for act in acts)  # the control
    reading.destroy(refs=[mine.voice.ref], because="time-over", now=NOW)
    assert not any(act in read(mine.browser, mine.back) for act in acts)
    answer = mine.browser.post(mine.at("object/"), {"text": LINE}).content.decode()
    assert "These words are erased." in answer
    assert boxes_in(answer) == [LINE]
    assert [text for _kind, text in lines_of(mine) if text] == []
    assert state_of(mine) == "unpublished"


@pytest.mark.parametrize("who", AUTHORS)
@pytest.mark.parametrize("stranger", OTHERS)
def test_nobody_else_can_do_any_of_it(house: Listening, who: str, stranger: str) -> None:
    mine = author(house, who, asked(house))
    browser = other(house, stranger)
    for act in ACTS:
        first = stranger == "guest" and act in WRITTEN  # "open your receipt first", as for any
        answer = browser.post(mine.at(act), {"text": LINE})
        assert answer.status_code == (409 if first else 404), act
    assert state_of(mine) == "held"
    mine.browser.post(mine.at("take-back/"))
    assert browser.post(mine.at("keep/")).status_code == 404
    assert state_of(mine) == "withdrawn"
    assert lines_of(mine) == [("asked", "Which bird was it?")]


def test_a_member_acts_on_a_receipt_they_have_opened_too(house: Listening) -> None:
    mine = author(house, "receipt")
    mine.browser.force_login(house.mina)
    assert mine.browser.post(mine.at("take-back/"))["Location"] == "/receipt/"
    assert state_of(mine) == "withdrawn"


@pytest.mark.parametrize("act", ACTS)
def test_a_mere_link_does_nothing(house: Listening, act: str) -> None:
    mine = author(house, "receipt", held(house))
    assert mine.browser.get(mine.at(act)).status_code == 405
    assert state_of(mine) == "held"
