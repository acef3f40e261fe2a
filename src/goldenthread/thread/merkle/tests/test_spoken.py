import hashlib

from goldenthread.thread.merkle.spoken import HOW_MANY, WORDS, spoken

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
