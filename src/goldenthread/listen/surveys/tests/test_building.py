"""Writing a survey with plain buttons, opening it, and asking it again."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.kit import clock
from goldenthread.kit.refusals import Refusal
from goldenthread.kit.testing.queries import at_most
from goldenthread.listen.surveys import queries, services
from goldenthread.listen.surveys.library import templates
from goldenthread.listen.surveys.models import Question, Survey, Unfinished, Wave
from goldenthread.listen.surveys.readiness import missing_in
from goldenthread.listen.surveys.tests.factories import Made, a_survey, ask, every_kind, opened
from goldenthread.listen.voices.models import Door
from goldenthread.listen.voices.tests.factories import signed_in
from goldenthread.projects.models import Project
from goldenthread.projects.tests.factories import NOW, STAFF, listening_project
from goldenthread.thread.models import Entry

pytestmark = pytest.mark.django_db
PEOPLE = ["guest", "mina", *STAFF, "ada", "nell", "stranger"]
BUILD = {"tom", "cara"}  # the facilitator and the co-lead


@pytest.fixture(autouse=True)
def _tuesday(tmp_path: Any, settings: Any) -> Iterator[None]:
    settings.DATA = tmp_path
    with clock.frozen(NOW):
        yield


def texts(made: Made) -> list[str]:
    return [each.text for each in made.survey.questions.order_by("position")]


@pytest.mark.parametrize("name", PEOPLE)
def test_facilitators_and_co_leads_build_and_a_facilitator_opens(name: str) -> None:
    made = every_kind()
    browser = Client() if name == "guest" else signed_in(getattr(made.around, name))
    base = f"/p/{made.around.project.address}/surveys/"
    paths = [made.desk + each for each in ("", "about/", "preview/", "add/choice/", "drop/")]
    statuses = {browser.get(path).status_code for path in [*paths, base, f"{base}new/"]}
    assert statuses == ({200} if name in BUILD else {404})
    assert browser.get(f"{made.desk}open/").status_code == (200 if name == "tom" else 404)
    browser.post(f"{made.desk}open/", {"open": "1"})
    made.survey.refresh_from_db()
    assert (made.survey.state == Survey.State.OPEN) == (name == "tom")


@pytest.mark.parametrize("template", templates(), ids=lambda each: each.name)
def test_every_template_makes_a_survey_that_can_open(template: Any) -> None:
    around = listening_project()
    browser = signed_in(around.tom)
    sent = browser.post(f"/p/{around.project.address}/surveys/new/", {"template": template.name})
    survey = Survey.objects.get()
    assert sent["Location"].endswith(f"/surveys/{survey.ref}/")
    assert (survey.title, survey.template) == (template.title, template.name)
    assert missing_in(survey) == []
    assert browser.get(sent["Location"]).context["asked"] == template.asked
    assert browser.get(f"{sent['Location']}preview/").status_code == 200
    services.open_survey(by=around.tom, survey=survey, now=NOW)


def test_the_baseline_for_staff_has_areas_and_a_branch() -> None:
    around = listening_project()
    [staff, students] = [each for each in templates() if each.name.endswith("wellbeing")]
    survey = services.begin_survey(
        by=around.tom, project=around.project, title="Work", template=staff, now=NOW
    )
    areas = {question.area for question in survey.questions.all()} - {""}
    assert {"Workload", "Control", "Colleagues", "Managers", "Relationships", "Role"} < areas
    assert {"Change", "Training", "Policies", "Talking"} < areas
    [branch] = survey.questions.exclude(shown_if=None)
    assert branch.shown_if
    assert (branch.shown_if.text[:8], branch.shown_keys) == ("Have you", ["a1"])
    assert students.questions[0]["text"] == "Learning"


def test_questions_are_added_changed_moved_doubled_and_deleted_by_buttons() -> None:
    made = a_survey()
    browser = signed_in(made.around.tom)
    add = f"{made.desk}add/"
    choice = {"text": "Have you used it?", "options": "Yes\nNo\n\n Yes ", "other": "Else"}
    browser.post(f"{add}choice/", choice)
    first = Question.objects.get()
    assert [each["key"] for each in first.options] == ["a1", "a2", "other"]
    scale = {"text": "Easy?", "options": "Bad\nGood", "area": "Ease", "when": f"{first.ref}:a2"}
    browser.post(f"{add}scale/", scale)
    browser.post(f"{add}section/", {"text": "More"})
    browser.post(f"{add}long/", {"text": "Why?", "required": "1"})
    second = Question.objects.get(text="Easy?")
    assert (second.shown_if, second.shown_keys, second.keys) == (first, ["a2"], ["1", "2"])
    last = Question.objects.get(text="Why?")

    def press(question: Question, act: str) -> str:
        move = f"{made.desk}questions/{question.ref}/move/"
        return browser.post(move, {"act": act}, follow=True).content.decode()

    press(last, "up")
    assert texts(made) == ["Have you used it?", "Easy?", "Why?", "More"]
    press(last, "twice")
    assert texts(made) == ["Have you used it?", "Easy?", "Why?", "Why?", "More"]
    assert "has to follow" in press(second, "up")
    assert "Another question is shown" in press(first, "drop")
    press(last, "drop")
    assert texts(made) == ["Have you used it?", "Easy?", "Why?", "More"]
    reworded = {"text": "Did you use it?", "options": "Yes, once\nNo\nMaybe"}
    browser.post(f"{made.desk}questions/{first.ref}/", reworded)
    first.refresh_from_db()
    assert {each["text"]: each["key"] for each in first.options}["No"] == "a2", "keys stay"
    assert len({each["key"] for each in first.options}) == 3


def test_what_is_wrong_in_a_question_is_said_beside_its_field_and_stays() -> None:
    made = every_kind()
    browser = signed_in(made.around.tom)
    one, other = made.asked["used"], made.asked["what"]
    data = {"text": "", "options": "Only one", "when": [f"{one.ref}:a1", f"{other.ref}:a1"]}
    form = browser.post(f"{made.desk}add/choice/", data).context["form"]
    assert set(form.errors) == {"text", "options", "when"}
    assert form["options"].value() == "Only one"
    number = {"text": "How many?", "least": "9", "most": "3"}
    form = browser.post(f"{made.desk}add/number/", number).context["form"]
    assert form.errors["most"] == ["The highest number is below the lowest."]
    assert browser.get(f"{made.desk}add/poem/").status_code == 404


def test_a_second_language_has_a_place_beside_each_text() -> None:
    made = a_survey()
    browser = signed_in(made.around.tom)
    about = {"title": "How it is", "open_to": "open", "second": "cy", "title_2": "Sut mae hi"}
    browser.post(f"{made.desk}about/", about)
    data = {"text": "Used?", "options": "Yes\nNo", "other": "Else"}
    data |= {"text_2": "Defnyddio?", "options_2": "Ydw\nNac ydw", "other_2": "Arall"}
    browser.post(f"{made.desk}add/choice/", data)
    question = Question.objects.get()
    said = {"a1": "Ydw", "a2": "Nac ydw", "other": "Arall"}
    assert question.texts == {"text": "Defnyddio?", "options": said}
    form = browser.get(f"{made.desk}questions/{question.ref}/").context["form"]
    assert form["options_2"].value() == "Ydw\nNac ydw"
    welsh = browser.get(f"{made.desk}preview/?lang=cy").content.decode()
    assert "Sut mae hi" in welsh
    assert "Nac ydw" in welsh
    assert "Nothing is sent" in welsh


def test_opening_shows_the_door_freezes_the_questions_and_is_on_the_record() -> None:
    made = every_kind()
    browser = signed_in(made.around.tom)
    past = browser.post(f"{made.desk}open/", {"open": "1", "until": "2026-03-01"})
    assert "still to come" in past.content.decode()
    browser.post(f"{made.desk}open/", {"open": "1", "until": "2026-03-20"})
    made.survey.refresh_from_db()
    assert Door.objects.get(ref=made.survey.ref).path == made.base
    assert b"How it is" in Client().get(made.base).content
    question = made.asked["used"]
    assert browser.get(f"{made.desk}questions/{question.ref}/").status_code == 404
    with pytest.raises(Refusal, match="make a copy"):
        services.drop_question(by=made.around.tom, question=question, now=NOW)
    assert services.close_due(now=NOW + timedelta(days=10)) == 0
    Unfinished.objects.create(wave=made.wave, mark=b"x" * 32, sealed=b"x", on=NOW.date())
    assert services.close_due(now=NOW + timedelta(days=11)) == 1
    assert Door.objects.get().shut, "it leads to the results now"
    assert not Unfinished.objects.exists()
    kinds = list(Entry.objects.filter(about=made.survey.ref).order_by("seq"))
    assert [entry.kind for entry in kinds] == ["survey.opened", "survey.closed"]


def test_asked_again_it_is_the_next_wave_and_a_copy_is_another_survey() -> None:
    made = opened(every_kind())
    browser = signed_in(made.around.tom)
    browser.post(f"{made.desk}close/")
    assert b"Ask it again" in browser.get(made.desk).content
    browser.post(f"{made.desk}open/", {"open": "1"})
    assert list(Wave.objects.values_list("number", flat=True).order_by("number")) == [1, 2]
    with pytest.raises(Refusal, match="open already"):
        services.open_survey(by=made.around.tom, survey=made.survey, now=NOW)
    browser.post(f"{made.desk}copy/")
    copy = Survey.objects.exclude(ref=made.survey.ref).get()
    assert (copy.state, copy.title) == (Survey.State.DRAFT, "Copy of How it is")
    before, after = queries.questions_of(made.survey), queries.questions_of(copy)
    assert [each.text for each in before] == [each.text for each in after]
    branch = copy.questions.exclude(shown_if=None).get()
    assert branch.shown_if
    assert (branch.shown_if.survey, branch.shown_if.text) == (copy, "Have you used it?")
    browser.post(f"/p/{made.around.project.address}/surveys/{copy.ref}/drop/")
    assert not Survey.objects.filter(ref=copy.ref).exists()


def test_in_a_closed_project_no_copy_is_made() -> None:
    made = opened(every_kind())
    Project.objects.update(state="closed", closed_on=NOW.date())
    answer = signed_in(made.around.tom).post(f"{made.desk}copy/")
    assert answer.status_code == 409
    assert "This project is closed." in answer.content.decode()
    assert Survey.objects.count() == 1


def test_only_an_open_project_asks_and_never_without_a_question() -> None:
    made = a_survey()
    with pytest.raises(Refusal, match="no question yet"):
        services.open_survey(by=made.around.tom, survey=made.survey, now=NOW)
    ask(made, "weeks", "number")
    Project.objects.filter(ref=made.around.project.ref).update(state="draft", opened_on=None)
    with pytest.raises(Refusal, match="terms stand first"):
        services.open_survey(by=made.around.tom, survey=made.survey, now=NOW)


@pytest.mark.parametrize("number", [1, 3])
def test_lists_cost_the_same_for_one_and_for_three(number: int) -> None:
    around = listening_project()
    for _each in range(number):
        opened(every_kind(around=around))
    with at_most(2):
        assert len(queries.listed(around.project)) == number
    browser = signed_in(around.tom)
    browser.get(f"/p/{around.project.address}/surveys/")
    with at_most(14):
        browser.get(f"/p/{around.project.address}/surveys/")


@pytest.mark.parametrize("number", [1, 3])
def test_pages_of_a_survey_cost_the_same_for_one_and_for_three_questions(number: int) -> None:
    made = a_survey()
    for each in range(number):
        ask(made, f"q{each}", "choice", options=["Yes", "No"])
    opened(made)
    browser, guest = signed_in(made.around.tom), Client()
    browser.get(made.desk)
    with at_most(18):
        browser.get(made.desk)
    guest.post(made.base)
    with at_most(20):
        guest.get(f"{made.base}1/")
