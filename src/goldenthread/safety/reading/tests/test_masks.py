import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.safety.reading import masks

NAME = "name removed"


def test_a_passage_is_found_wherever_it_stands() -> None:
    parts = {"text": "Tom came. TOM left. Tomorrow too.", "would_have_helped": "tom"}
    found = masks.find(parts, "Tom", NAME)
    assert [masks.part_of(mask) for mask in found] == ["text", "text", "would_have_helped"]
    assert (
        masks.apply(parts["text"], found)
        == "[name removed] came. [name removed] left. Tomorrow too."
    )


def test_a_passage_over_two_lines_is_found_as_it_was_copied() -> None:
    parts = {"text": "at the Mill\nLane clinic"}
    found = masks.find(parts, "mill lane", "place removed")
    assert masks.apply(parts["text"], found) == "at the [place removed] clinic"


def test_a_part_of_a_word_is_found_where_no_whole_word_is() -> None:
    assert masks.find({"text": "DrBrown"}, "Brown", NAME) == [[2, 7, NAME, "text"]]


@pytest.mark.parametrize("passage", ["", "   ", "Jones"])
def test_what_is_not_there_is_not_found(passage: str) -> None:
    assert masks.find({"text": "Brown"}, passage, NAME) == []


def test_masks_that_overlap_are_joined_under_the_first_label() -> None:
    given = [[3, 8, "place removed"], [0, 5, NAME], [0, 5, NAME, "content_note"]]
    assert masks.merge(given) == [[0, 5, NAME, "content_note"], [0, 8, NAME, "text"]]


@given(
    st.text("ab \u00e9\n", min_size=12, max_size=20),
    st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=4),
)
def test_nothing_inside_a_mask_is_shown_and_all_outside_is(
    text: str, spans: list[tuple[int, int]]
) -> None:
    given = [[min(span), max(span) + 1, NAME] for span in spans]
    hidden = {at for start, end, _label in given for at in range(start, end)}
    left = "".join(letter for at, letter in enumerate(text) if at not in hidden)
    assert masks.apply(text, masks.merge(given)).replace(f"[{NAME}]", "") == left
