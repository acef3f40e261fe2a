import csv
import os
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.listen.themes.grouping import Text, suggest
from goldenthread.listen.themes.grouping.stopwords import root

SHARED = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
ANSWERS = SHARED / "text" / "osmi_2016_why.csv"

BUSES = ["The bus is late", "Buses never come", "My bus was late again", "A late bus, no seat"]
FOOD = ["Lunch is cold", "Cold lunch every day", "The lunch costs too much", "Warm lunch please"]
words = st.lists(st.sampled_from(["bus", "late", "lunch", "cold", "the", "seat"]), max_size=6)
texts = st.lists(words.map(" ".join), max_size=30)


def numbered(*lines: str) -> list[Text]:
    return [Text(f"t{at}", line) for at, line in enumerate(lines)]


def test_texts_that_share_words_come_together_and_what_shares_none_stays_alone():
    found = suggest(numbered(*BUSES, *FOOD, "Zebra"), themes=2)
    groups = {frozenset(each.text_ids) for each in found.themes}
    assert groups == {frozenset(f"t{at}" for at in range(4)), frozenset({"t4", "t5", "t6", "t7"})}
    assert found.none == ("t8",)
    assert {each.words[0] for each in found.themes} <= {"bus", "late", "lunch"}


def test_the_words_of_the_question_and_filler_never_make_a_theme():
    asked = "What do you think about lunch?"
    found = suggest(numbered(*BUSES, *FOOD), themes=4, question=asked)
    shown = {word for each in found.themes for word in each.words}
    assert "lunch" not in shown
    assert not shown & {"the", "is", "every", "please"}
    assert suggest(numbered("I don't know", "not sure really"), themes=3).themes == ()


def test_forms_of_a_word_count_as_one_and_are_shown_as_written():
    assert len({root(word) for word in ("hire", "hired", "hiring", "hires")}) == 1
    assert root("business") != root("bus")
    found = suggest(numbered("hired again", "They hired me", "hiring took long"), themes=1)
    assert found.themes[0].words[0] == "hired"


@settings(max_examples=40, deadline=None)
@given(texts, st.integers(1, 6), st.randoms(use_true_random=False))
def test_every_text_is_somewhere_once_and_the_order_changes_nothing(
    lines: list[str], themes: int, chance: random.Random
):
    rows = numbered(*lines)
    found = suggest(rows, themes=themes)
    told = [*found.none, *(ref for each in found.themes for ref in each.text_ids)]
    assert sorted(told) == sorted(row.ref for row in rows)
    assert len(found.themes) <= themes
    assert all(0 <= each.stability <= 1 for each in found.themes)
    mixed = rows[:]
    chance.shuffle(mixed)
    assert suggest(mixed, themes=themes) == found


def test_stability_tells_a_group_from_an_accident():
    rows = numbered(*(f"{line} {at}" for at in range(5) for line in [*BUSES, *FOOD]))
    clear = suggest(rows, themes=2)
    assert min(each.stability for each in clear.themes) >= 0.9
    chance = random.Random(3)
    letters = [f"{chance.choice('bcdf')}word {chance.choice('ghjk')}thing" for _ in range(40)]
    vague = suggest(numbered(*letters), themes=3)
    assert min(each.stability for each in vague.themes) < 0.9


def test_a_sentence_model_groups_by_meaning():
    def embed(lines: list[str]) -> np.ndarray:
        return np.array([[1, 0] if "us" in line else [0, 1] for line in lines], np.float32)

    found = suggest(numbered(*BUSES, *FOOD), themes=2, embed=embed)
    assert sorted(len(each.text_ids) for each in found.themes) == [4, 4]
    assert {each.stability for each in found.themes} == {1.0}


def test_no_theme_cannot_be_asked_for():
    with pytest.raises(ValueError, match="at least one"):
        suggest(numbered("bus"), themes=0)
    assert suggest([], themes=3).none == ()


@pytest.mark.skipif(not ANSWERS.exists(), reason=f"the shared answers are not in {SHARED}")
def test_2216_real_answers_give_twelve_themes_in_whatever_order_they_come():
    with ANSWERS.open(encoding="utf-8", newline="") as file:
        rows = [Text(row["id"], row["text"]) for row in csv.DictReader(file)]
    found = suggest(rows, themes=12)
    assert len(rows) == 2216
    assert len(found.themes) == 12
    assert 0 < len(found.none) < len(rows) / 2
    assert suggest(rows[::-1], themes=12) == found
