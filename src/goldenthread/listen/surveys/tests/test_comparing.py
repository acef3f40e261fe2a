"""Differences between two groups, held against published values."""

import pytest

from goldenthread.listen.surveys.comparing import Interval, Sample, means, shares, wilson

# R. G. Newcombe, Statistics in Medicine 1998; 17: 873-890, table II, examples (a) to (h) by
# method 10: first share less the second, with its 95 % interval.
NEWCOMBE = [
    ((56, 70), (48, 80), 0.0524, 0.3339),
    ((9, 10), (3, 10), 0.1705, 0.8090),
    ((6, 7), (2, 7), 0.0582, 0.8062),
    ((5, 56), (0, 29), -0.0381, 0.1926),
    ((0, 10), (0, 20), -0.1611, 0.2775),
    ((0, 10), (0, 10), -0.2775, 0.2775),
    ((10, 10), (0, 20), 0.6791, 1.0000),
    ((10, 10), (0, 10), 0.6075, 1.0000),
]
# Student's sleep data (Biometrika 1908; 6: 1-25) as R's help for t.test has it:
# Welch's t = -1.8608, 17.776 degrees of freedom, 95 % interval of group 1 less group 2
# from -3.3654832 to 0.2054832; means 0.75 and 2.33.
SLEEP = (
    [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0],
    [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
)


@pytest.mark.parametrize(("one", "other", "low", "high"), NEWCOMBE)
def test_shares_agree_with_newcombe(
    one: tuple[int, int], other: tuple[int, int], low: float, high: float
) -> None:
    found = shares(other, one)
    assert (found.low, found.high) == pytest.approx((low, high), abs=6e-5)
    assert found.difference == pytest.approx(one[0] / one[1] - other[0] / other[1])


def test_wilson_agrees_with_newcombes_paper_on_one_share() -> None:
    # R. G. Newcombe, Statistics in Medicine 1998; 17: 857-872, table I: 81 of 263, 15 of 148,
    # 0 of 20 and 1 of 29, method 3.
    published = {
        (81, 263): (0.2553, 0.3662),
        (15, 148): (0.0624, 0.1605),
        (0, 20): (0.0, 0.1611),
        (1, 29): (0.0061, 0.1718),
    }
    for (part, whole), expected in published.items():
        assert wilson(part, whole) == pytest.approx(expected, abs=6e-5)


def sample(values: list[float]) -> Sample:
    return Sample(len(values), sum(values), sum(value * value for value in values))


def test_means_agree_with_welch_on_students_sleep() -> None:
    one, other = map(sample, SLEEP)
    found = means(other, one)
    assert (found.low, found.high) == pytest.approx((-3.3654832, 0.2054832), abs=1e-6)
    assert found.holds_zero
    same = means(sample([3.0] * 12), sample([4.0] * 12))
    assert (same.low, same.high, same.holds_zero) == (1.0, 1.0, False)


def test_an_interval_is_told_in_steps_and_never_narrower() -> None:
    found = Interval(0.12, 0.031, 0.209).outward(5, times=100)
    assert (found.difference, found.low, found.high) == (12.0, 0, 25)
    down = Interval(-0.4, -0.71, -0.11).outward(0.1)
    assert (down.low, down.high) == (-0.8, -0.1)
    assert Interval(0.5, 0.05, 0.95).outward(5, times=100).low == 5
