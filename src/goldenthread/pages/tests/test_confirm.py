"""Has it changed for you? Asked of the author, four weeks after, answered on one page."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from goldenthread.act.plans.models import Change
from goldenthread.debrief.replies.models import Confirmation
from goldenthread.debrief.replies.tests.factories import changed, sent
from goldenthread.kit import clock
from goldenthread.pages.tests.factories import (
    AUTHORS,
    OTHERS,
    Author,
    author,
    boxes_in,
    cost,
    other,
    read,
)
from goldenthread.people.receipts import services as receipts
from goldenthread.projects.tests.factories import NOW, Listening
from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.tests.factories import released

pytestmark = pytest.mark.django_db
TOO_EARLY = datetime(2026, 5, 31, 9, 0, tzinfo=UTC)  # 27 days after 4 May
RIPE = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
QUESTION = "Answer in one minute"
LINE = "I heard nothing for six weeks."


def told(house: Listening, who: str) -> tuple[Author, Change, str]:
    """An author who has opened what changed; the change; and where they say if it did for them."""
    mine = author(house, who, released(project=house.project))
    change = changed(house, [mine.voice])
    sent(house, "change", change)
    read(mine.browser, mine.back)
    return mine, change, mine.at(f"confirm/{change.ref}/")


@pytest.mark.parametrize("who", AUTHORS)
def test_the_author_is_asked_answers_and_is_not_asked_again(house: Listening, who: str) -> None:
    mine, change, href = told(house, who)
    with clock.frozen(TOO_EARLY):
        mine.returns()
        assert QUESTION not in read(mine.browser, mine.back)
    with clock.frozen(RIPE):
        mine.returns()
        assert href in read(mine.browser, mine.back)
        assert change.what_is_different in read(mine.browser, href)
        answer = mine.browser.post(href, {"answer": "partly", "text": LINE}, follow=True)
        assert answer.redirect_chain[0][0] == mine.back
        assert "Thank you. Only you could tell us." in answer.content.decode()
        assert QUESTION not in answer.content.decode()
    given = Confirmation.objects.get()
    assert (given.voice, given.change, given.answer) == (mine.voice, change, "partly")
    assert given.words is not None
    assert (given.words.text, given.words.state) == (LINE, "held")


def test_a_change_that_nobody_told_the_author_of_asks_nothing(house: Listening) -> None:
    mine = author(house, "receipt", released(project=house.project))
    changed(house, [mine.voice])
    with clock.frozen(RIPE):
        shown = read(mine.browser, mine.back)
    assert "Changed:" in shown
    assert QUESTION not in shown


@pytest.mark.parametrize("who", AUTHORS)
def test_without_an_answer_the_line_is_kept_and_the_reason_stands_there(
    house: Listening, who: str
) -> None:
    mine, _change, href = told(house, who)
    with clock.frozen(RIPE):
        mine.returns()
        shown = mine.browser.post(href, {"text": LINE}).content.decode()
    assert "Choose one answer." in shown
    assert boxes_in(shown) == [LINE]
    assert not Confirmation.objects.exists()


def test_a_line_with_a_receipt_in_it_is_given_back(house: Listening) -> None:
    mine, _change, href = told(house, "receipt")
    line = f"{LINE} {receipts.issue(scope=house.project.ref, now=NOW).code}"
    with clock.frozen(RIPE):
        shown = mine.browser.post(href, {"answer": "no", "text": line}).content.decode()
    assert "There is a receipt in what you wrote." in shown
    assert boxes_in(shown) == [line]
    assert 'value="no"' in shown.split(" checked", 1)[0][-80:]
    assert not Words.objects.filter(purpose="confirmation").exists()


def test_too_early_is_said_on_the_page_and_nothing_is_lost(house: Listening) -> None:
    mine, _change, href = told(house, "member")
    with clock.frozen(TOO_EARLY):
        mine.returns()
        shown = mine.browser.post(href, {"answer": "yes", "text": LINE}).content.decode()
    assert "It is too early to say." in shown
    assert boxes_in(shown) == [LINE]
    assert not Confirmation.objects.exists()


@pytest.mark.parametrize("who", AUTHORS)
@pytest.mark.parametrize("stranger", OTHERS)
def test_nobody_answers_for_the_author(house: Listening, who: str, stranger: str) -> None:
    _mine, _change, href = told(house, who)
    with clock.frozen(RIPE):
        browser = other(house, stranger)  # signed in that day: staff do not stay so for weeks
        assert browser.get(href).status_code == 404
        answer = browser.post(href, {"answer": "yes"})
    assert answer.status_code == (409 if stranger == "guest" else 404)  # open your receipt first
    assert not Confirmation.objects.exists()


def test_only_about_a_change_of_the_project_and_of_their_words(house: Listening) -> None:
    mine, _change, _href = told(house, "receipt")
    _theirs, foreign, _there = told(house, "receipt")
    with clock.frozen(RIPE):
        assert mine.browser.get(mine.at(f"confirm/{uuid4()}/")).status_code == 404
        assert f"confirm/{foreign.ref}/" not in read(mine.browser, mine.back)
        shown = mine.browser.post(mine.at(f"confirm/{foreign.ref}/"), {"answer": "yes"})
    assert "did not come of what you said" in shown.content.decode()
    assert not Confirmation.objects.exists()


def test_the_page_stays_within_the_budget(house: Listening) -> None:
    mine, _change, href = told(house, "receipt")
    with clock.frozen(RIPE):
        cost(mine.browser, href)
