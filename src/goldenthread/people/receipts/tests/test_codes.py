import secrets

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.kit.refusals import Refusal
from goldenthread.people.receipts import codes

A_MILLION = 1_000_000


def test_twenty_letters_of_the_alphabet_in_five_groups() -> None:
    groups = str(codes.new()).split("-")
    assert [len(group) for group in groups] == [4] * 5
    assert set("".join(groups)) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_the_secret_holds_eighty_bits() -> None:
    assert len(set(codes.ALPHABET)) ** codes.SECRET == 2**80


def test_every_letter_is_drawn_by_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    monkeypatch.setattr(secrets, "randbits", lambda bits: drawn.append(bits) or 0b00001_00010)
    assert codes.draw(16) == "21" + "0" * 14
    assert drawn == [80]


def repeats(make: object, times: int) -> int:
    seen = {make() for _time in range(times)}
    return times - len(seen)


def test_a_million_codes_without_a_repeat() -> None:
    assert repeats(lambda: codes.draw(codes.SECRET), A_MILLION) == 0


def test_the_count_of_repeats_would_notice_a_short_secret() -> None:
    assert repeats(lambda: codes.draw(3), 100_000) > 0


def test_letters_are_spread_evenly() -> None:
    drawn = "".join(codes.draw(codes.SECRET) for _time in range(4_000))
    counts = [drawn.count(letter) for letter in codes.ALPHABET]
    assert min(counts) > 1700  # 2,000 expected, standard deviation 44
    assert max(counts) < 2300


@given(st.sampled_from(["", "-", " ", " - ", "\u2013", "\u00a0", "\n"]), st.booleans())
def test_typed_in_any_way_it_is_the_same_code(between: str, lower: bool) -> None:  # noqa: FBT001
    code = codes.new()
    typed = between.join(str(code).split("-")).replace("0", "O").replace("1", "l")
    assert codes.normalise(typed.lower() if lower else typed) == code


@pytest.mark.parametrize("typed", ["", "K7M3", "K7M3-9QXP-1234-5678-9AB", "K" * 21])
def test_a_wrong_length_is_told_kindly(typed: str) -> None:
    with pytest.raises(Refusal, match="20 letters and numbers"):
        codes.normalise(typed)


def test_a_letter_that_receipts_do_not_use_is_told() -> None:
    with pytest.raises(Refusal, match="letter here"):
        codes.normalise("K7M3-9QXP-1234-5678-9ABU")


@pytest.mark.parametrize(
    "shape",
    ["{}", "My receipt is {}.", "see {0} and {0}", "({})", "receipt:{}", "{}\nthank you"],
)
@pytest.mark.parametrize("between", ["-", "", " ", " – "])
def test_a_receipt_in_a_message_is_noticed(shape: str, between: str) -> None:
    missed = 0
    for _time in range(200):
        text = shape.format(str(codes.new()).replace("-", between))
        missed += not codes.looks_like_receipt(text)
    assert missed <= 3  # a code whose other four groups are all letters: one in 400


@pytest.mark.parametrize(
    "text",
    [
        "When they said that this team will help more, they meant it.",
        "In 2019 they said that they have time.",
        "internationalisation is a long word",
        "Call 0800 1111 or text 85258, free, any time, 365 days.",
        "3fa85f64-5717-4562-b3fc-2c963f66afa6",
        "I waited from 2019 until 2024. Nobody rang.",
        "",
    ],
)
def test_ordinary_words_and_numbers_are_let_through(text: str) -> None:
    assert not codes.looks_like_receipt(text)


def test_a_code_never_shows_its_secret_in_a_log() -> None:
    code = codes.new()
    assert code.secret[:4] not in repr(code)
    assert repr(code) == f"Code({code.drawer}-…)"
