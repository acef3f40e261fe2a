"""Each kind of question: what is taken, what is refused, and beside which field it is said."""

import pytest

from goldenthread.listen.surveys import queries
from goldenthread.listen.surveys.forms_answering import Filling
from goldenthread.listen.surveys.tests.factories import Made, every_kind, posted

pytestmark = pytest.mark.django_db


def filled(made: Made, part: int, *, before: dict[str, object] | None = None, **fields: object):
    outline = queries.outline(made.survey)
    data = posted(**fields)
    return Filling(data, part=outline.parts[part - 1], outline=outline, before=before or {})


def test_every_kind_is_kept_in_its_own_shape_and_words_are_not_among_the_answers() -> None:
    made = every_kind()
    first = filled(
        made,
        1,
        **{
            made.name("used"): "a1",
            made.name("how"): "3",
            made.name("what"): ["a2", "other"],
            made.name("what", "-words"): "The garden",
            made.name("lines", "-r1"): "2",
        },
    )
    assert first.is_valid(), first.errors
    assert first.given == made.given(used="a1", how=3, what=["a2", "other"], lines={"r1": 2})
    second = filled(
        made,
        2,
        before=first.given,
        **{
            made.name("order", "-a2"): "1",
            made.name("order", "-a3"): "2",
            made.name("weeks"): "6",
            made.name("day"): "2026-03-01",
            made.name("few"): "More light",
            made.name("long"): "Tell us how long it takes.",
        },
    )
    assert second.is_valid(), second.errors
    assert second.given == made.given(order=["a2", "a3"], weeks=6, day="2026-03-01")
    said = [(each["text"], each["asked"]) for each in first.words + second.words]
    assert said == [
        ("The garden", "What helped?"),
        ("More light", "In a few words?"),
        ("Tell us how long it takes.", "What should change?"),
    ]
    assert "garden" not in repr(first.given)


@pytest.mark.parametrize(
    ("part", "which", "fields", "says"),
    [
        (1, "used", {}, "Choose an answer to question 1."),
        (1, "used", {"": "z"}, "Choose one of the answers to question 1."),
        (1, "what-words", {"-words": "Tea", "": "a1"}, "You wrote something in question 3."),
        (2, "order-a2", {"-a1": "1", "-a2": "1"}, "Question 5 has 1st twice."),
        (2, "order-a1", {"-a1": "1", "-a2": "3"}, "Question 5 leaves a place out."),
        (2, "weeks", {"": "six"}, "Write a whole number from 0 to 52 in question 6."),
        (2, "weeks", {"": "53"}, "Write a whole number from 0 to 52 in question 6."),
        (2, "day", {"": "soon"}, "Write a day in question 7"),
        (2, "few", {"": "x" * 201}, "200"),
    ],
)
def test_what_cannot_be_taken_is_said_beside_its_field_and_stays(
    part: int, which: str, fields: dict[str, str], says: str
) -> None:
    made, (name, _dash, more) = every_kind(), which.partition("-")
    sent = {made.name(name, end): value for end, value in fields.items()}
    form = filled(made, part, **sent)
    assert not form.is_valid()
    field = made.name(name, f"-{more}" if more else "")
    assert any(says in each for each in form.errors[field]), form.errors
    assert {name: form[name].value() for name in sent} == {
        name: [value] if name == made.name("what") else value for name, value in sent.items()
    }


def test_required_lines_and_orders_are_asked_for() -> None:
    made = every_kind()
    made.survey.questions.filter(kind__in=["matrix", "rank", "many"]).update(required=True)
    one = filled(made, 1, **{made.name("used"): "a2", made.name("lines", "-r1"): "1"})
    assert not one.is_valid()
    assert set(one.errors) == {made.name("what"), made.name("lines", "-r2")}
    two = filled(made, 2)
    assert not two.is_valid()
    assert set(two.errors) == {made.name("order", "-a1")}


def test_an_answer_on_the_same_page_that_leaves_a_question_out_drops_what_it_holds() -> None:
    made = every_kind()
    made.survey.questions.filter(ref=made.asked["how"].ref).update(required=True)
    form = filled(made, 1, **{made.name("used"): "a2", made.name("how"): "3"})
    assert form.is_valid(), "what is not asked is not required either"
    assert form.given == made.given(used="a2")
    assert form[made.name("how")].value() == "3"
