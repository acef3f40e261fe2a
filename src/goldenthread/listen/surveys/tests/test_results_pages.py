"""The pages of results: what stands there, what does not, and for whom."""

import io
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import openpyxl
import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.kit import clock
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.surveys import registry
from goldenthread.listen.surveys.models import Question, Survey, Wave
from goldenthread.listen.surveys.registry import FollowUp
from goldenthread.listen.surveys.services.freezing import freeze
from goldenthread.listen.surveys.tests.answering import (
    answered_all,
    asked,
    closed_survey,
    wave_of,
)
from goldenthread.listen.voices.tests.factories import released_voice, signed_in
from goldenthread.projects.tests.factories import NOW, Listening, listening_project

pytestmark = pytest.mark.django_db
Kind = Question.Kind


@pytest.fixture(autouse=True)
def _still() -> Any:
    with clock.frozen(NOW):
        yield


@pytest.fixture
def around() -> Listening:
    return listening_project()


def href(name: str, survey: Survey) -> str:
    return reverse(f"surveys:{name}", args=[survey.project.address, survey.ref])


def page_at(name: str, survey: Survey, query: str = "") -> str:
    return Client().get(href(name, survey) + query).content.decode()


def whole_survey(around: Listening) -> tuple[Survey, dict[str, Question]]:
    """A survey with one question of each kind."""
    survey = closed_survey(around.project)
    options = [
        {"key": key, "text": text, "words": False}
        for key, text in (("a", "Ward A"), ("b", "Ward B"), ("c", "=Ward C"))
    ]
    rows = [{"key": "r1", "text": "The desk"}]
    questions = {
        "part": asked(survey, Kind.SECTION, "About your work"),
        "choice": asked(survey, Kind.CHOICE, "Where do you work?"),
        "scale": asked(survey, Kind.SCALE, "I can speak up", "1 2 3 4 5", area="Speaking up"),
        "many": asked(survey, Kind.MANY, "What helps?", "x y"),
        "matrix": asked(survey, Kind.MATRIX, "How good are they?", "1 2 3", rows=rows),
        "rank": asked(survey, Kind.RANK, "What comes first?", "p q"),
        "number": asked(survey, Kind.NUMBER, "Years here"),
        "date": asked(survey, Kind.DATE, "Since when?"),
        "words": asked(survey, Kind.LONG, "What would help?", area="Speaking up"),
    }
    questions["choice"].options = options
    questions["choice"].save()
    return survey, questions


def answers_of(questions: dict[str, Question], people: int, point: Callable[[int], int]) -> Any:
    named = {name: each for name, each in questions.items() if name not in {"part", "words"}}
    return [
        {
            named["choice"]: "c" if n < 4 else "ab"[n % 2],
            named["scale"]: point(n),
            named["many"]: ["x"] if n % 2 else ["x", "y"] if n % 4 else ["y"],
            named["matrix"]: {"r1": n % 3 + 1},
            named["rank"]: ["q", "p"] if n % 3 else ["p", "q"],
            named["number"]: n % 40,
            named["date"]: f"2024-{n % 12 + 1:02}-15",
        }
        for n in range(people)
    ]


def asked_twice(around: Listening) -> tuple[Survey, dict[str, Question]]:
    survey, questions = whole_survey(around)
    for number, turned in ((1, 0), (2, 2)):
        wave = wave_of(survey, number)
        people = answers_of(questions, 120, lambda n, up=turned: min(5, n % 5 + 1 + up))
        answered_all(wave, people)
        freeze(wave=wave, now=NOW)
    return survey, questions


def test_every_kind_is_shown_rounded_and_the_four_are_not(around: Listening) -> None:
    survey, questions = whole_survey(around)
    for _n in range(12):
        released_voice(around.project, "More time.", answers=questions["words"].ref)
    answered_all(wave := wave_of(survey), answers_of(questions, 120, lambda n: n % 5 + 1))
    freeze(wave=wave, now=NOW)
    text = page_at("results", survey)
    for said in (
        "About your work",
        "About 120 people answered.",
        "60 (50\N{NO-BREAK SPACE}in\N{NO-BREAK SPACE}100)",
        '=Ward C</th><td class="number">not shown',
        "On average 3.0, from 1 (Option 1) to 5 (Option 5).",
        "People could tick several.",
        "The desk",
        "On average first: Option q.",
        "10 to below 20",
        "About 10 people wrote something.",
        f"?asked={questions['words'].ref}",
    ):
        assert said in text, said
    assert ">5 (" not in text
    board = reverse("voices:board", args=[around.project.address])
    released_voice(around.project, "Something else.")
    narrowed = Client().get(f"{board}?asked={questions['words'].ref}").content.decode()
    assert "More time." in narrowed
    assert "Something else." not in narrowed
    room = uuid4()  # what is not a question here narrows by rules of its own, as a room does
    released_voice(around.project, "Said in a small room.", answers=room)
    text = Client().get(f"{board}?asked={room}").content.decode()
    assert "Said in a small room." not in text
    assert "Said in a small room." in Client().get(board).content.decode(), "the control"
    assert "Counted on 10 March 2026" in page_at("results", survey).replace("\xa0", " ")


def test_before_ten_have_answered_there_is_nothing_but_a_reason(around: Listening) -> None:
    survey, questions = whole_survey(around)
    answered_all(wave_of(survey), answers_of(questions, 9, lambda _n: 3))
    assert "Results come when at least ten people have answered." in page_at("results", survey)
    browser = signed_in(around.tom)
    done = browser.post(href("freeze", survey), follow=True)
    assert "Fewer than ten people have answered." in done.content.decode()
    assert Client().get(href("results_csv", survey)).status_code == 404


def test_the_button_freezes_for_those_who_run_the_project_alone(around: Listening) -> None:
    survey, questions = whole_survey(around)
    answered_all(wave_of(survey), answers_of(questions, 120, lambda n: n % 5 + 1))
    assert "Freeze the results now" not in page_at("results", survey)
    for name in ("mina", "rosa", "nell", "stranger"):
        assert signed_in(getattr(around, name)).post(href("freeze", survey)).status_code == 404
    done = signed_in(around.tom).post(href("freeze", survey), follow=True)
    assert "The results are frozen." in done.content.decode()
    assert Wave.objects.get().results.count() == 1


def test_what_changed_is_said_with_its_doubt(around: Listening) -> None:
    survey, _questions = asked_twice(around)
    text = page_at("compare", survey)
    assert "These are different people" in text
    assert "It went up: by" in text
    assert "We cannot tell whether this changed." in text
    assert "about 50 in 100" in text
    assert "=Ward C" not in text  # too few in both
    assert "There is only one time so far" in page_at("compare", closed_survey(around.project))
    assert "Wave 1" in page_at("results", survey, "?wave=1")


def test_strengths_and_gaps_lead_to_what_is_registered(
    around: Listening, monkeypatch: pytest.MonkeyPatch
) -> None:
    survey, questions = whole_survey(around)
    wave = wave_of(survey)
    answered_all(wave, answers_of(questions, 120, lambda n: 1 if n < 60 else n % 5 + 1))
    freeze(wave=wave, now=NOW)
    monkeypatch.setattr(registry, "follow_ups", [])
    text = page_at("gaps", survey)
    assert "A gap: many people are not content with this." in text
    assert '<strong class="numeral">2.0</strong> of 5' in text
    seen = []

    def offer(project: Any, area: registry.Area, speaker: Any, now: Any) -> FollowUp | None:
        seen.append((area.name, [each.text for each in area.words]))
        return FollowUp("Make a topic of it", "/somewhere/") if speaker.is_member else None

    monkeypatch.setattr(registry, "follow_ups", [offer])
    assert "Make a topic of it" not in page_at("gaps", survey)
    shown = signed_in(around.tom).get(href("gaps", survey)).content.decode()
    assert '<a href="/somewhere/">Make a topic of it</a>' in shown
    assert seen[0] == ("Speaking up", ["What would help?"])


def test_a_gap_of_too_few_people_has_no_number(around: Listening) -> None:
    survey, questions = whole_survey(around)
    wave = wave_of(survey)
    people = answers_of(questions, 30, lambda n: n % 5 + 1)
    for each in people[9:]:
        del each[questions["scale"]]
    answered_all(wave, people)
    freeze(wave=wave, now=NOW)
    text = page_at("gaps", survey)
    assert "This cannot be told, to protect those who answered." in text
    assert "numeral" not in text


def test_the_results_can_be_taken_away_with_a_codebook(around: Listening) -> None:
    survey, _questions = asked_twice(around)
    answer = Client().get(href("results_xlsx", survey))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    assert book.sheetnames == ["Results", "Codebook"]
    lines = [tuple(cell.value for cell in row) for row in book["Results"].iter_rows()]
    assert (1, "Where do you work?", None, "Ward A", 60, 50, 120) in lines
    assert (1, "Where do you work?", None, "'=Ward C", "not shown", None, 120) in lines
    assert len(lines) < 60  # numbers, not people
    told = "\n".join(str(row[1].value) for row in book["Codebook"].iter_rows())
    assert "Every number of people is rounded to the nearest 5." in told
    assert "Release 1 of this wave, frozen on 10 March 2026." in told
    written = Client().get(href("results_csv", survey) + "?wave=1").content.decode("utf-8-sig")
    assert "Where do you work?,,'=Ward C,not shown" in written
    assert "wave 1." in written


def test_a_survey_of_others_or_one_being_written_is_not_there(around: Listening) -> None:
    other = closed_survey(listening_project().project)
    draft = Survey.objects.create(project=around.project, title="Draft")
    for name in ("results", "compare", "gaps", "results_csv", "results_xlsx"):
        for survey in (other, draft):
            path = reverse(f"surveys:{name}", args=[around.project.address, survey.ref])
            assert Client().get(path).status_code == 404


@pytest.mark.parametrize("name", ["results", "compare", "gaps"])
def test_a_page_costs_the_same_however_many_questions_and_waves(
    around: Listening, name: str
) -> None:
    survey, questions = asked_twice(around)
    with at_most(12):
        Client().get(href(name, survey))
    for number in (3, 4):
        wave = wave_of(survey, number)
        answered_all(wave, answers_of(questions, 60, lambda n: n % 5 + 1))
        freeze(wave=wave, now=NOW)
    with at_most(12):
        Client().get(href(name, survey))
