import hashlib

import pytest

from goldenthread.thread.merkle.spoken import HOW_MANY, WORDS, heard, spoken

ONE, OTHER = hashlib.sha256(b"one").digest(), hashlib.sha256(b"other").digest()


def test_there_are_256_words_that_are_told_apart_when_spoken():
    assert len(WORDS) == len(set(WORDS)) == 256
    assert all(word.isascii() and word.isalpha() and word.islower() for word in WORDS)
    assert max(map(len, WORDS)) <= 10


def test_a_root_has_the_same_four_words_each_time_and_another_root_others():
    assert spoken(ONE) == spoken(ONE)
    assert spoken(ONE) != spoken(OTHER)
    assert len(spoken(ONE).split(" – ")) == HOW_MANY


def test_the_words_are_those_of_scrypt():
    drawn = hashlib.scrypt(
        ONE, salt=b"golden-thread/head", n=32768, r=8, p=1, maxmem=2**26, dklen=4
    )
    assert spoken(ONE) == " – ".join(WORDS[each] for each in drawn)


@pytest.mark.parametrize(
    "said",
    [
        "acorn – barley – cabin – acorn",
        "Acorn, Barley, Cabin, Acorn.",
        "ACORN-BARLEY-CABIN-ACORN",
        "  acorn\tbarley\ncabin   acorn ",
        "“acorn” — barley / cabin; acorn",
    ],
)
def test_words_that_were_heard_are_written_as_ours_are(said):
    assert heard(said) == "acorn – barley – cabin – acorn"


def test_what_is_spoken_is_heard():
    assert heard(spoken(ONE).upper()) == spoken(ONE)


@pytest.mark.parametrize(
    ("said", "strange"),
    [
        ("", ()),
        ("acorn barley cabin", ()),
        ("acorn barley cabin acorn acorn", ()),
        ("acorn barley cabin velveet", ("velveet",)),
        ("acorn 1 cabin acorn", ()),
    ],
)
def test_what_are_not_four_of_our_words_is_refused_and_the_strange_one_named(said, strange):
    with pytest.raises(ValueError) as refused:  # noqa: PT011  its argument is asserted below
        heard(said)
    assert refused.value.args == strange
