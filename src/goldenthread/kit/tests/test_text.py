import pytest

from goldenthread.kit.text import check_reading, find_jargon, say_count, say_counted, syllables_in

HARD = (
    "The organisation endeavours to facilitate multidisciplinary engagement with stakeholders "
    "in order to ensure that robust governance arrangements are implemented going forward, "
    "notwithstanding the capacity constraints which were previously communicated."
)
EASY = "You said the wait is hard. We heard you. From May we will call you each week."


@pytest.mark.parametrize(
    ("number", "words"), [(0, "no"), (1, "one"), (12, "twelve"), (13, "13"), (1204, "1,204")]
)
def test_counts_are_words_up_to_twelve(number, words):
    assert say_count(number) == words


def test_one_is_singular():
    assert say_counted(1, "voice", "voices") == "one voice"
    assert say_counted(2, "voice", "voices") == "two voices"


def test_a_plain_text_reads_easily():
    reading = check_reading(EASY)

    assert reading.plain
    assert reading.age <= 9
    assert reading.sentences == 3


def test_a_hard_text_says_what_to_mend():
    reading = check_reading(HARD)

    assert not reading.plain
    assert reading.age >= 18
    assert len(reading.long_sentences) == 1
    assert "multidisciplinary" in reading.long_words
    assert "try" in [swap.plain for swap in reading.jargon]


def test_jargon_is_found_as_a_whole_word_only():
    assert find_jargon("We ensure it. Unaccordingly is no word.")[0].word == "ensure"
    assert find_jargon("The leverages of a bicycle") != []
    assert find_jargon("She ran the committee.") == []


@pytest.mark.parametrize(
    ("word", "count"), [("wait", 1), ("table", 2), ("waited", 2), ("called", 1), ("people", 2)]
)
def test_syllables(word, count):
    assert syllables_in(word) == count


@pytest.mark.parametrize("text", ["", "   ", "!!!", "Yes"])
def test_little_or_nothing_is_easy(text):
    assert check_reading(text).age == 5
