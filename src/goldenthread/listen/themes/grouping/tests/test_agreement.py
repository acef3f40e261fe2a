import json
import os
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from goldenthread.listen.themes.grouping import LEVELS, Rating, agreement

SHARED = Path(os.environ.get("GOLDENTHREAD_TEST_DATA", "../shared/data"))
PUBLISHED = SHARED / "reference" / "krippendorff.json"
tables = st.lists(
    st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=2, max_size=4),
    min_size=1,
    max_size=12,
)


def ratings(units: list[list[int | None]]) -> list[Rating]:
    return [
        Rating(f"c{coder}", f"u{unit}", value)
        for unit, values in enumerate(units)
        for coder, value in enumerate(values)
        if value is not None
    ]


@pytest.mark.skipif(not PUBLISHED.exists(), reason=f"the published values are not in {SHARED}")
def test_the_published_values_come_out_to_three_digits():
    for case in json.loads(PUBLISHED.read_text())["cases"]:
        units = [list(values) for values in zip(*case["data"], strict=True)]
        for level, alpha in case["alpha"].items():
            found = agreement(ratings(units), level)
            assert found.alpha is not None
            assert round(found.alpha, 3) == alpha, (case["name"], level)
            assert found.low <= found.alpha <= found.high


def test_krippendorffs_own_example():
    """Krippendorff 2011, two observers and ten units, nominal: 0.095."""
    one, two = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    found = agreement(ratings([list(pair) for pair in zip(one, two, strict=True)]))
    assert round(found.alpha, 3) == 0.095


@settings(max_examples=60, deadline=None)
@given(tables, st.sampled_from(LEVELS))
def test_alpha_stays_under_one_within_its_interval_and_ignores_order(
    units: list[list[int | None]], level: str
):
    given_ratings = ratings(units)
    found = agreement(given_ratings, level)
    assert found == agreement(given_ratings[::-1], level)
    assume(found.alpha is not None)
    assert found.alpha <= 1 + 1e-12
    if found.low is not None:
        assert found.low <= found.alpha <= found.high
    renamed = [Rating(each.coder, each.unit, each.value + 1) for each in given_ratings]
    if level != "ratio":
        assert agreement(renamed, level).alpha == pytest.approx(found.alpha)


@given(st.lists(st.integers(0, 4), min_size=2, max_size=10), st.sampled_from(LEVELS))
def test_coders_who_agree_on_all_that_differs_reach_one(values: list[int], level: str):
    assume(len(set(values)) > 1)
    assert agreement(ratings([[value, value] for value in values]), level).alpha == 1


def test_where_nothing_varies_nothing_is_told():
    assert agreement(ratings([[1, 1], [1, 1]])).alpha is None
    assert agreement(ratings([[1, None], [None, 2]])) == agreement([])
    assert agreement([]).units == 0


def test_more_units_make_a_narrower_interval():
    units = [[1, 1], [2, 2], [1, 2], [3, 3], [2, 2]]
    widths = [
        (found := agreement(ratings(units * times))).high - found.low for times in (2, 10, 50)
    ]
    assert all(wider > narrower for wider, narrower in pairwise(widths))


@pytest.mark.parametrize(
    ("given_ratings", "level", "said"),
    [
        ([Rating("a", "1", "x"), Rating("b", "1", "y")], "interval", "no number"),
        ([Rating("a", "1", -1), Rating("b", "1", 2)], "ratio", "below nought"),
        ([Rating("a", "1", 1), Rating("a", "1", 2)], "nominal", "two values"),
        ([], "other", "the level is one of"),
    ],
)
def test_what_cannot_be_counted_is_refused(given_ratings: list[Rating], level: str, said: str):
    with pytest.raises(ValueError, match=said):
        agreement(given_ratings, level)
