import pytest

from goldenthread.kit.figures import in_fives


@pytest.mark.parametrize(
    ("count", "told"),
    [(0, None), (9, None), (10, 10), (12, 10), (13, 15), (17, 15), (18, 20), (22, 20), (214, 215)],
)
def test_small_groups_are_hidden_and_large_ones_told_in_fives(count, told):
    assert in_fives(count) == told
