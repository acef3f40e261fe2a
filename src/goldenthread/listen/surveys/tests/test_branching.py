"""Branching: which parts somebody goes through, and what is let go when they take another way."""

import pytest
from django.test import Client

from goldenthread.kit.refusals import Refusal
from goldenthread.listen.surveys import queries, services
from goldenthread.listen.surveys.models import Answers
from goldenthread.listen.surveys.readiness import missing_in
from goldenthread.listen.surveys.tests.factories import Made, a_survey, ask
from goldenthread.projects.tests.factories import NOW

pytestmark = pytest.mark.django_db


def branched() -> Made:
    made = a_survey()
    ask(made, "waits", "choice", options=["Yes", "No"])
    ask(made, "on waiting", "section", after=("waits", ["a1"]))
    ask(made, "known", "choice", options=["Yes", "No"])
    ask(made, "last", "section")
    ask(made, "told", "many", options=["A letter", "A call"], after=("known", ["a1"]))
    ask(made, "else", "number")
    return made


def test_one_goes_only_through_parts_that_are_reached() -> None:
    made = branched()
    outline = queries.outline(made.survey)

    def through(**answers: object) -> list[int]:
        return [part.number for part in outline.reached_parts(made.given(**answers))]

    assert through() == [1, 3]
    assert through(waits="a2") == [1, 3]
    assert through(waits="a1") == [1, 2, 3]
    told = made.asked["told"]
    assert outline.is_reached(told, made.given(waits="a1", known="a1"))
    assert not outline.is_reached(told, made.given(waits="a1", known="a2"))
    assert not outline.is_reached(told, made.given(waits="a2", known="a1")), "its part is left out"


def test_what_was_answered_on_another_way_is_let_go() -> None:
    made = branched()
    outline = queries.outline(made.survey)
    before = made.given(waits="a1", known="a1", told=["a2"])
    before |= made.given(**{"else": 4})
    assert outline.kept(before) == before
    turned = before | made.given(waits="a2")
    assert outline.kept(turned) == made.given(waits="a2") | made.given(**{"else": 4})


def test_a_branch_points_backwards_to_an_answer_that_is_there() -> None:
    made = branched()
    assert missing_in(made.survey) == []
    with pytest.raises(Refusal, match="has to follow"):
        services.move_question(
            by=made.around.tom, question=made.asked["on waiting"], where="up", now=NOW
        )
    with pytest.raises(Refusal, match="Another question is shown"):
        services.drop_question(by=made.around.tom, question=made.asked["waits"], now=NOW)
    known = made.asked["known"]
    services.change_question(
        by=made.around.tom, question=known, options=[{"key": "a2", "text": "No"}], now=NOW
    )
    made.survey.questions.filter(ref=made.asked["on waiting"].ref).update(
        shown_if=made.asked["told"]
    )
    assert [each.sentence for each in missing_in(made.survey)] == [
        "“on waiting” is shown by an answer to a question that comes later.",
        "“known” has fewer than two answers to choose from.",
        "“told” is shown by an answer that is no longer there.",
    ]
    with pytest.raises(Refusal, match="comes later"):
        services.open_survey(by=made.around.tom, survey=made.survey, now=NOW)


def test_the_browser_is_led_along_the_branch(client: Client) -> None:
    made = branched()
    services.open_survey(by=made.around.tom, survey=made.survey, now=NOW)
    client.post(made.base)
    on = client.post(f"{made.base}1/", {made.name("waits"): "a2"})
    assert on["Location"].endswith("/3/")
    back = client.post(f"{made.base}3/", {made.name("else"): "4", "act": "back"})
    assert back["Location"].endswith("/1/")
    on = client.post(f"{made.base}1/", {made.name("waits"): "a1"})
    assert on["Location"].endswith("/2/")
    assert client.get(f"{made.base}3/").context["form"][made.name("else")].value() == "4"
    assert Answers.objects.count() == 0
