import pytest

from goldenthread.debrief.replies.advice import advise
from goldenthread.debrief.replies.tests.factories import GOOD

ABOUT = "Waiting with no word. People wait for weeks and hear nothing."


def titles(**other):
    return [each.title for each in advise(**{**GOOD, "about": ABOUT, **other})]


def test_a_good_answer_needs_no_advice():
    assert titles() == []


@pytest.mark.parametrize(
    ("other", "title"),
    [
        ({"text": "Thank you. We bought new chairs."}, "It does not name what people said"),
        ({"text": GOOD["text"] + " We will ensure this."}, "Not everyone knows “ensure”"),
        (
            {"text": "You wait for weeks " + "and then some more " * 6 + "now."},
            "A sentence has 29 words",
        ),
        (
            {"happens_next": "In due course we will look at it together."},
            "It does not say what happens next",
        ),
        ({"happens_next": "Nothing yet."}, "It does not say what happens next"),
        ({"happens_next": "Tom writes to all of you again."}, "It does not say by when"),
        ({"signed_by": "The wellbeing team"}, "It is not signed by a person"),
        ({"signed_by": "Counselling Service"}, "It is not signed by a person"),
    ],
)
def test_each_fault_is_named(other, title):
    assert titles(**other) == [title]


def test_words_that_hurt_and_a_missing_help_line_are_named():
    found = titles(text=GOOD["text"] + " One student died, as others who commit suicide.")
    assert found == [
        "“commit suicide” can hurt people who read it",
        "This speaks of suicide or self-harm, and names no help",
        "This speaks of suicide or self-harm without saying so first",
    ]


def test_a_name_before_the_post_is_a_person():
    assert titles(signed_by="Ann Lee, Counselling Service") == []


def test_an_answer_shares_a_word_with_the_theme_in_any_form():
    assert titles(text="You told us about the waiting. It ends.") == []


def test_without_a_theme_there_is_no_point_to_miss():
    assert titles(text="We bought new chairs for the hall.", about="") == []
