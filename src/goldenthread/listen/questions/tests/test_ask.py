"""A quick question: asked in a minute, replied to, ended, and never left without a word."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.questions import locks, queries, services
from goldenthread.listen.questions.counting import told
from goldenthread.listen.questions.models import Choice, Question
from goldenthread.listen.questions.permissions import may_ask, may_end
from goldenthread.listen.questions.tasks import end_due
from goldenthread.listen.questions.tests.factories import ASKED, asked, chosen, option, replied
from goldenthread.listen.voices.models import Door, Voice
from goldenthread.listen.voices.tests.factories import form_data, released_voice, signed_in
from goldenthread.people.accounts.models import Person
from goldenthread.projects.gates import missing_to_close
from goldenthread.projects.models import Duty, Project
from goldenthread.projects.speaker import Guest
from goldenthread.projects.tests.factories import NOW, listening_project
from goldenthread.safety.reading.models import Words
from goldenthread.thread.models import Entry
from goldenthread.thread.queries import voices_beneath

pytestmark = pytest.mark.django_db
TOMORROW = NOW + timedelta(days=1, minutes=1)


@pytest.fixture(autouse=True)
def _still(tmp_path: Path, settings: Any) -> Any:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield


def page_of(question: Question) -> str:
    return reverse("questions:question", args=[question.project.address, question.ref])


def test_it_is_asked_on_one_page_and_stands_on_the_project_page_until_it_ends() -> None:
    house = listening_project()
    ask = reverse("questions:ask", args=[house.project.address])
    assert Client().get(ask).status_code == 404
    data = {"text": ASKED, "happens_next": "We choose by it on Friday.", "how_long": "4h"}
    one_option = signed_in(house.tom).post(ask, data | {"first": "Yes"}).content.decode()
    assert "Offer two to four answers" in one_option
    answer = signed_in(house.tom).post(ask, data | {"first": "Yes", "third": "No"})
    question = Question.objects.get()
    assert answer.url == page_of(question)
    assert [each.text for each in question.options.all()] == ["Yes", "No"]
    assert question.closes_at == NOW + timedelta(hours=4)
    door = Door.objects.get()
    assert (door.title, door.path, door.until) == (ASKED, answer.url, question.closes_at)
    shown = signed_in(house.tom).get(answer.url).content.decode()
    assert "svg" in shown
    assert "Poster to print" in shown
    assert "Poster to print" not in Client().get(answer.url).content.decode()
    poster = reverse("questions:poster", args=[house.project.address, question.ref])
    assert signed_in(house.tom).get(poster).content.startswith(b"%PDF")
    assert Client().get(poster).status_code == 404
    end_due(now=NOW + timedelta(hours=4))
    question.refresh_from_db()
    assert question.state == Question.State.ENDED
    assert Door.objects.get().shut


def test_those_who_run_the_project_ask_and_end_and_nobody_else() -> None:
    house = listening_project()
    people: list[Person | Guest] = [house.tom, house.cara, house.mina, house.rosa, house.dev]
    people += [house.ada, house.nell, house.stranger, Guest()]
    project = house.project
    assert [may_ask(who, project, now=NOW) for who in people] == [True, True] + 7 * [False]
    question = asked(house)
    with pytest.raises(Refusal, match="Only the people who run"):
        services.end(by=house.mina, question=question, now=NOW)
    with pytest.raises(Refusal, match="Only the people who run"):
        services.close_without(by=house.rosa, question=question, because="No.", now=NOW)
    project.state = Project.State.CLOSED
    assert not may_ask(house.tom, project, now=NOW)
    assert may_end(house.tom, project, now=NOW)


def test_words_go_to_a_reader_with_a_receipt_and_a_choice_is_joined_to_nothing() -> None:
    question = asked(listening_project())
    browser = Client()
    data = form_data(question.project, option=str(option(question)))
    data = {name: value for name, value in data.items() if name != "kind"}
    answer = browser.post(page_of(question), data)
    assert answer.url == reverse("voices:sent", args=[question.project.address])
    voice = Voice.objects.select_related("words").get()
    assert (voice.kind, voice.asked, voice.answers) == ("answer", ASKED, question.ref)
    assert (voice.words.state, voice.receipt is not None) == ("held", True)
    assert voices_beneath(question.ref) == [voice.ref]
    kept = Choice.objects.values().get()
    assert set(kept) == {"ref", "question_id", "sealed", "mark"}
    assert voice.ref not in kept.values()


def test_one_browser_and_one_member_count_once_and_the_newest_choice_counts() -> None:
    house = listening_project()
    question = asked(house)
    for browser in (Client(), signed_in(house.mina)):
        for position in (0, 1):
            data = form_data(question.project, option=str(option(question, position)), text="")
            assert browser.post(page_of(question), data).url == page_of(question)
            text = browser.get(page_of(question)).content.decode()
            place = text.index(str(option(question, position)))
            assert "checked" in text[place : place + 120]
    kept = [bytes(each) for each in Choice.objects.values_list("sealed", flat=True)]
    assert locks.unlock(question.pk, kept) == [option(question, 1)] * 2
    same = form_data(question.project, option=str(option(question)), text="")
    for _twice in range(2):  # the same page sent twice from a browser that keeps no cookies
        Client().post(page_of(question), same)
    assert Choice.objects.count() == 3
    nothing = Client().post(page_of(question), form_data(question.project, text=""))
    assert "Choose an answer, or write something." in nothing.content.decode()
    with pytest.raises(Refusal, match="Choose one of the answers"):
        replied(question, option=uuid4())


def test_nobody_replies_after_the_end_and_what_was_typed_is_given_back() -> None:
    question = asked(listening_project())
    with clock.frozen(TOMORROW):
        answer = Client().post(page_of(question), form_data(question.project))
    text = answer.content.decode()
    assert "What you wrote was not sent" in text
    assert "Nobody told me how long" in text
    with pytest.raises(Refusal, match="has ended"):
        replied(question, option=option(question), now=TOMORROW)
    assert not Voice.objects.exists()


def test_without_a_reader_there_is_no_box_and_choosing_goes_on() -> None:
    house = listening_project()
    question, words_only = asked(house), asked(house, options=[])
    Duty.objects.filter(project=house.project).delete()
    text = Client().get(page_of(question)).content.decode()
    assert "You can still choose an answer." in text
    assert "<textarea" not in text
    data = form_data(question.project, option=str(option(question)), text="Smuggled.")
    answer = Client().post(page_of(question), data)
    assert Choice.objects.count() == 1
    assert not Words.objects.exists()
    assert "replied" in answer.cookies, "this browser still counts once"
    for given_back in (answer, Client().post(page_of(words_only), data)):
        text = given_back.content.decode()
        assert "What you wrote was not sent" in text
        assert "Smuggled." in text
        assert "<title>Notes</title>" in text
    assert "<textarea" not in Client().get(page_of(words_only)).content.decode()


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ([5, 4], {}),
        ([0, 0], {}),
        ([13, 22], {"all": 35, "0": 15, "1": 20}),
        ([23, 4], {"0": 25, "1": None}),  # with all of them, 4 would be nearly known
        ([12, 12, 12, 12], {"0": 10, "1": 10, "2": 10, "3": 10}),  # 50 would tell each exactly
    ],
)
def test_numbers_are_told_from_ten_in_fives_and_give_no_small_one_away(
    counts: list[int], shown: dict[str, int | None]
) -> None:
    assert told(counts) == shown


def test_what_was_chosen_is_shown_only_once_it_has_ended_and_the_marks_are_gone() -> None:
    question = asked(listening_project())
    chosen(question, 13, 22)
    assert "about 15" not in Client().get(page_of(question)).content.decode()
    services.end_due(now=TOMORROW)
    assert not Choice.objects.exists()
    question.refresh_from_db()
    assert question.counted == {"all": 35, "0": 15, "1": 20}
    text = Client().get(page_of(question)).content.decode()
    assert "about 15" in text
    assert "About 35 people chose." in text
    assert not re.search(r"\b(13|22)\b", re.sub("<[^>]*>", " ", text))
    few = asked(listening_project())
    chosen(few, 9, 0)
    services.end_due(now=TOMORROW)
    shown = Client().get(page_of(few)).content.decode()
    assert "Fewer than 10 people chose, so we show no numbers." in shown
    assert services.end_due(now=TOMORROW) == 0


def test_it_is_closed_only_with_an_answer_or_a_reason_and_the_project_waits_for_it() -> None:
    house = listening_project()
    question = asked(house)
    unanswered = f"A quick question has no answer yet: “{ASKED}”"
    assert unanswered in missing_to_close(house.project, now=NOW)
    browser, address = signed_in(house.tom), house.project.address
    browser.post(reverse("questions:end", args=[address, question.ref]))
    assert unanswered in missing_to_close(house.project, now=NOW)
    [owed] = queries.answers_owed(house.tom, [house.project], now=NOW)
    assert (owed.tone, owed.href) == ("due", page_of(question))
    [late] = queries.answers_owed(house.dev, [house.project], now=NOW + timedelta(days=8))
    assert late.tone == "overdue"
    assert not list(queries.answers_owed(house.rosa, [house.project], now=NOW))
    with clock.frozen(NOW + timedelta(days=8)):
        assert (
            "It is not here yet. We are sorry." in Client().get(page_of(question)).content.decode()
        )
    leave = reverse("questions:leave", args=[address, question.ref])
    assert "Say why there is no answer" in browser.post(leave, {}).content.decode()
    assert browser.post(leave, {"because": "We asked the wrong thing."}).url == page_of(question)
    assert "We asked the wrong thing." in Client().get(page_of(question)).content.decode()
    assert unanswered not in missing_to_close(house.project, now=NOW)
    assert not list(queries.answers_owed(house.tom, [house.project], now=NOW))
    with pytest.raises(Refusal, match="closed already"):
        services.close_without(by=house.tom, question=question, because="Again.", now=NOW)
    kinds = list(Entry.objects.order_by("seq").values_list("kind", flat=True))
    assert kinds == ["question.asked", "question.ended", "question.left"]


def test_words_are_found_on_the_board_by_their_question() -> None:
    house = listening_project()
    question = asked(house)
    voice = replied(question, text="On a Tuesday.").spoken
    assert voice
    Words.objects.filter(pk=voice.voice.pk).update(
        state="released", released_on=NOW.date(), shown="On a Tuesday."
    )
    board, other = reverse("voices:board", args=[house.project.address]), asked(house)
    text = Client().get(board, {"question": str(question.ref)}).content.decode()
    assert "On a Tuesday." in text
    assert ASKED in text
    room = uuid4()  # what is no quick question narrows by rules of its own, as a room does
    released_voice(house.project, "Said in a small room.", answers=room)
    assert "Said in a small room." in Client().get(board).content.decode(), "the control"
    narrowed = Client().get(board, {"question": str(room)}).content.decode()
    assert "Said in a small room." not in narrowed
    for elsewhere in (str(other.ref), "nonsense"):
        assert "On a Tuesday." not in Client().get(board, {"question": elsewhere}).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_with_one_and_with_three(number: int) -> None:
    house = listening_project()
    for _each in range(number):
        question = asked(house)
    with at_most(3):
        Client().get(reverse("questions:list", args=[house.project.address]))
    with at_most(12):
        Client().get(page_of(question))
    services.end_due(now=TOMORROW)
    with at_most(2):
        assert len(list(queries.answers_owed(house.tom, [house.project], now=NOW))) == number


def test_what_a_member_began_in_the_box_stays_when_they_answer_a_question() -> None:
    house = listening_project()
    project = house.project
    mina, box = signed_in(house.mina), reverse("voices:speak", args=[project.address])
    mina.post(box, form_data(project, text="I will finish this tomorrow.", act="save"))
    data = form_data(project, text="On a Tuesday.")
    assert mina.post(page_of(asked(house)), data).url == reverse(
        "voices:sent", args=[project.address]
    )
    assert mina.get(box).context["form"]["text"].value() == "I will finish this tomorrow."
