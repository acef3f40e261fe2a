"""Bands against hand-worked cases; and that they tell nothing that the release does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.listen.outreach.bands import ABOVE, BELOW, Band, Range, band, wilson
from goldenthread.listen.outreach.comparing import bands_in
from goldenthread.safety.release.control.profiles import PROFILES
from goldenthread.safety.release.control.sheets import as_data, count, from_data
from goldenthread.safety.release.control.tables import Key
from goldenthread.safety.release.control.together import Sheet

ANSWERS = ("one", "two", "three", "rather-not")


def exactly(number: int) -> Range:
    return Range(number, number)


@pytest.mark.parametrize(
    ("counted", "base", "low", "high"),
    [
        (10, 100, 0.0552, 0.1744),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
        (5, 50, 0.0435, 0.2136),
    ],
)
def test_the_interval_is_that_of_wilson(counted: int, base: int, low: float, high: float) -> None:
    assert wilson(counted, base) == pytest.approx((low, high), abs=5e-5)


@pytest.mark.parametrize(
    ("counted", "base", "people", "expected"),
    [
        # 12 of 98 at best is 12 %, by chance up to 20 %; of the people, 25 % are in it
        (Range(8, 12), Range(98, 102), 250, Band.BELOW),
        # 22 of 98 at best is 22 %, over four fifths of 25 %; 18 of 102 at worst: 11 to 32 %
        (Range(18, 22), Range(98, 102), 250, Band.FEW),
        (Range(23, 27), Range(98, 102), 250, Band.ABOUT),
        # 48 of 102 at worst is 47 %, at least 38 % by chance
        (Range(48, 52), Range(98, 102), 250, Band.ABOVE),
        # 7 of 23 at best is 30 %, under four fifths of 40 %, but by chance up to 51 %
        (Range(3, 7), Range(23, 27), 400, Band.FEW),
        # 0.79 of its share and by chance under it: the edge, from many people
        (exactly(1975), exactly(10_000), 250, Band.BELOW),
        (exactly(2010), exactly(10_000), 250, Band.ABOUT),
        (exactly(3140), exactly(10_000), 250, Band.ABOVE),
        (exactly(3110), exactly(10_000), 250, Band.ABOUT),
        # a group of nine people, one that nobody belongs to, and numbers that cannot be
        (exactly(20), exactly(100), 9, Band.FEW),
        (exactly(20), exactly(100), 0, Band.FEW),
        (exactly(20), exactly(100), 1001, Band.FEW),
        (exactly(0), exactly(0), 250, Band.FEW),
        (None, exactly(100), 250, Band.HIDDEN),
    ],
)
def test_hand_worked_cases(counted: Range | None, base: Range, people: int, expected: Band) -> None:
    assert band(counted, base, people, 1000) == expected


def test_what_is_no_range_or_no_share_is_refused() -> None:
    for low, high in ((3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no range"):
            Range(low, high)
    for counted, base in ((1, 0), (3, 2), (-1, 2)):
        with pytest.raises(ValueError, match="no share"):
            wilson(counted, base)


@given(
    low=st.integers(0, 60),
    wide=st.integers(0, 6),
    rest=st.integers(1, 200),
    loose=st.integers(0, 6),
    people=st.integers(0, 1000),
)
def test_below_and_above_hold_for_every_reading(
    low: int, wide: int, rest: int, loose: int, people: int
) -> None:
    counted, base = Range(low, low + wide), Range(low + rest, low + rest + loose)
    found, share = band(counted, base, people, 1000), people / 1000
    for number in range(counted.low, counted.high + 1):
        for whole in range(max(base.low, number), base.high + 1):
            if found == Band.BELOW:
                assert number / whole < BELOW * share
                assert wilson(number, whole)[1] < share
            if found == Band.ABOVE:
                assert number / whole > ABOVE * share
                assert wilson(number, whole)[0] > share
    exact = band(exactly(low), exactly(low + rest), people, 1000)
    assert {found, exact} != {Band.BELOW, Band.ABOVE}


counts = st.tuples(*[st.integers(0, 60) for _each in ANSWERS])
populations = st.tuples(*[st.integers(0, 900) for _each in ANSWERS[:-1]])


@given(
    one=counts,
    moved=st.tuples(*[st.integers(-2, 2) for _each in ANSWERS]),
    people=populations,
    profile=st.sampled_from(sorted(PROFILES)),
    sensitive=st.booleans(),
)
def test_two_truths_with_one_release_have_the_same_bands(
    one: tuple[int, ...],
    moved: tuple[int, ...],
    people: tuple[int, ...],
    profile: str,
    sensitive: bool,  # noqa: FBT001  drawn by name
) -> None:
    """Whoever sees the bands learns nothing that the released table does not say."""
    other = tuple(max(0, number + by) for number, by in zip(one, moved, strict=True))
    tables = [released(each, profile, sensitive=sensitive) for each in (one, other)]
    there = dict(zip(ANSWERS, people, strict=False))
    found = [bands_in(as_kept(each, profile), there) for each in tables if each["answered"]]
    if tables[0] == tables[1]:
        assert found[:1] == found[1:]
    for table, said in zip([each for each in tables if each["answered"]], found, strict=True):
        hidden = {answer for _row, answer, shown in table["cells"] if shown is None}
        assert {answer for answer, each in said.items() if each == Band.HIDDEN} == (
            hidden - {"rather-not"}
        )


def released(numbers: tuple[int, ...], profile: str, *, sensitive: bool) -> dict:
    cells = {Key("all", answer): number for answer, number in zip(ANSWERS, numbers, strict=True)}
    return as_data("care", count(("care",), cells, PROFILES[profile], 1, [sensitive]))


def as_kept(table: dict, profile: str) -> Sheet:
    """One table as a release keeps it."""
    return from_data(table, (table["question"],), PROFILES[profile], 1)


def test_a_live_count_would_tell_more() -> None:
    """The negative control: exact numbers cross a line between bands, released ones do not."""
    assert band(exactly(10), exactly(98), 130, 1000) != band(exactly(12), exactly(98), 130, 1000)
    found = []
    for number in (10, 12):
        table = released((number, 73, 15, 12), "threshold_10", sensitive=False)
        people = {"one": 130, "two": 720, "three": 150}
        found.append(bands_in(as_kept(table, "threshold_10"), people)["one"])
    assert found[0] == found[1] != Band.HIDDEN
