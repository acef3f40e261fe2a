from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import adjusted_rand_score, silhouette_score

from goldenthread.listen.conversations.mapping import Votes, axes, draw_map, figures
from goldenthread.listen.conversations.mapping.grouping import (
    as_last,
    group,
    merged,
    rand_index,
    silhouettes,
)

NUMBERS = st.integers(0, 12).map(str)
ROWS = st.lists(
    st.tuples(
        NUMBERS,
        NUMBERS,
        st.sampled_from((-1, 0, 1)),
        st.one_of(st.none(), st.integers(0, 3)),
    ),
    max_size=150,
)


def camps(*, of: int = 20, statements: int = 12, seed: int = 1) -> list[tuple[str, str, int, None]]:
    """Two camps who differ on all but the last two statements."""
    random = np.random.default_rng(seed)
    rows = []
    for person in range(2 * of):
        for statement in range(statements):
            side = 1 if person < of or statement >= statements - 2 else -1
            vote = int(random.choice((side, side, side, side, 0)))
            rows.append((f"p{person}", f"s{statement}", vote, None))
    return rows


@settings(max_examples=30, deadline=None)
@given(ROWS, st.randoms(use_true_random=False))
def test_the_order_of_votes_changes_nothing(rows, random) -> None:
    first = draw_map(Votes.of(rows))
    random.shuffle(rows)
    assert repr(draw_map(Votes.of(rows))) == repr(first)


def test_the_latest_vote_counts_and_ties_do_not_hang_on_order() -> None:
    rows = [("a", "1", 1, 5), ("a", "1", -1, 9), ("a", "2", 0, 3), ("a", "2", 1, 3)]
    rows += [("a", "3", 1, None), ("a", "3", -1, 1)]
    for order in (rows, rows[::-1]):
        votes = Votes.of(order)
        assert votes.statements == ("1", "2", "3")
        assert votes.matrix.toarray().tolist() == [[-1, 1, -1]]


def test_a_pass_is_seen_and_ids_are_in_the_order_of_numbers() -> None:
    votes = Votes.of([("10", "9", 0, None), ("9", "10", 1, None), ("x", "10", -1, None)])
    assert (votes.participants, votes.statements) == (("9", "10", "x"), ("9", "10"))
    assert votes.matrix.nnz == 3
    left = votes.without(["9"])
    assert (left.participants, left.statements, left.matrix.nnz) == (
        ("9", "10", "x"),
        ("10",),
        2,
    )


@pytest.mark.parametrize("vote", [2, -2, 0.5, "1", None])
def test_what_is_no_vote_is_refused(vote) -> None:
    with pytest.raises(ValueError, match="A vote is"):
        Votes.of([("a", "1", vote, None)])


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [("a", "1", 1, None)],
        [("a", "1", 1, None), ("b", "1", -1, None)],
        [(str(p), "1", 1, None) for p in range(20)],
        [(str(p), str(s), 1, None) for p in range(20) for s in range(9)],
        [(str(p), str(s), 0, None) for p in range(20) for s in range(9)],
    ],
)
def test_where_nobody_differs_there_are_no_groups(rows) -> None:
    drawn = draw_map(Votes.of(rows))
    assert (drawn.groups, drawn.consensus, drawn.silhouettes) == ((), {}, {})
    assert drawn.certainty.judgement == "none"
    assert set(drawn.group_of.values()) <= {None}
    assert all(np.isfinite(place).all() for place in drawn.positions.values())


def test_camps_are_found_and_told() -> None:
    drawn = draw_map(Votes.of(camps()))
    assert [each.size for each in drawn.groups] == [20, 20]
    assert drawn.certainty.judgement == "clear"
    first = drawn.groups[drawn.group_of["p0"]]
    assert {each.direction for each in first.representative} == {"agree"}
    assert {each.statement for each in drawn.common} == {"s10", "s11"}
    assert {each.statement for each in drawn.divides} == {f"s{n}" for n in range(10)}
    best = sorted(drawn.consensus, key=drawn.consensus.__getitem__)[-2:]
    assert set(best) == {"s10", "s11"}


def test_people_with_few_votes_are_not_grouped() -> None:
    rows = [*camps(), *(("few", f"s{n}", 1, None) for n in range(6))]
    rows += [("enough", f"s{n}", 1, None) for n in range(7)]
    drawn = draw_map(Votes.of(rows))
    assert drawn.group_of["few"] is None
    assert drawn.group_of["enough"] == drawn.group_of["p0"]


def test_of_few_people_the_most_active_are_grouped() -> None:
    rows = [row for row in camps(of=5) if row[0] != "p9"]
    rows += [(f"q{n}", f"s{s}", 1, None) for n in range(8) for s in range(6 - n % 4)]
    drawn = draw_map(Votes.of(rows))
    assert sum(number is not None for number in drawn.group_of.values()) == 15
    assert drawn.group_of["q0"] is not None
    assert drawn.group_of["q3"] is None


def test_the_number_of_groups_and_the_groups_can_be_given() -> None:
    votes = Votes.of(camps())
    three = draw_map(votes, groups=3)
    assert (len(three.groups), three.certainty.judgement) == (3, "given")
    given_ = draw_map(votes, given={"p0": 4, "p1": 4, "p30": 2, "p31": None, "gone": 9})
    assert [(each.number, each.size) for each in given_.groups] == [(2, 1), (4, 2)]
    assert given_.group_of["p31"] is None
    with pytest.raises(ValueError, match="at least one"):
        draw_map(votes, groups=0)


def test_groups_keep_their_numbers() -> None:
    votes = Votes.of(camps())
    once = draw_map(votes)
    turned = {name: 1 - number for name, number in once.group_of.items() if name != "p3"}
    again = draw_map(votes, last=turned)
    assert all(again.group_of[name] == number for name, number in turned.items())
    assert as_last(np.array([0, 1, 2]), [7, None, 7]).tolist()[0] == 7
    assert len(set(as_last(np.array([0, 1, 2]), [7, None, 7]).tolist())) == 3


def test_small_groups_are_joined_to_the_nearest() -> None:
    points = np.array([[0.0, 0], [0, 1], [0, 2], [9, 0], [9, 1], [9, 2], [8, 0]])
    labels = merged(np.array([0, 0, 0, 1, 1, 1, 2]), points, 2)
    assert labels.tolist() == [0, 0, 0, 1, 1, 1, 1]


def test_the_tests_of_proportions_are_those_computed_by_hand() -> None:
    agree, seen = np.array([7]), np.array([9])
    assert figures.proportion(agree, seen)[0] == 8 / 11
    assert figures.one_test(agree, seen)[0] == pytest.approx(2 * sqrt(10) * (8 / 10 - 0.5))
    # 8 of 10 inside, 3 of 12 outside, after adding 1: pooled 11/22
    z = figures.two_test(agree, np.array([2]), seen, np.array([11]))[0]
    assert z == pytest.approx((0.8 - 0.25) / sqrt(0.5 * 0.5 * (1 / 10 + 1 / 12)))
    everybody = np.array([4]), np.array([4]), np.array([4]), np.array([4])
    assert figures.two_test(*everybody)[0] == 0


def test_silhouettes_and_rand_index_are_those_of_scikit_learn() -> None:
    random = np.random.default_rng(3)
    points, labels = random.normal(size=(200, 2)), random.integers(0, 4, 200)
    mine = silhouettes(points, {4: labels})[4]
    assert mine == pytest.approx(silhouette_score(points, labels), abs=1e-8)
    other = np.where(random.random(200) < 0.7, labels, 0)
    assert rand_index(labels, other) == pytest.approx(adjusted_rand_score(labels, other))


def test_many_points_are_grouped_the_same_way_each_time() -> None:
    random = np.random.default_rng(5)
    middles = np.array([[0, 0], [6, 0], [0, 6]])
    truth = random.integers(0, 3, 12_000)
    points = middles[truth] + random.normal(size=(12_000, 2))
    done = group(points)
    assert len(done.silhouettes) == 4
    assert rand_index(truth, done.labels) > 0.99
    assert done.certainty.judgement == "clear"


def test_many_statements_take_the_iterative_way_to_the_same_directions(monkeypatch) -> None:
    random = np.random.default_rng(2)
    rows = [
        (str(p), str(s), int(random.choice((-1, 0, 1, 1 if (p + s) % 3 else -1))), None)
        for p in range(60)
        for s in range(30)
        if random.random() < 0.6
    ]
    votes = Votes.of(rows)
    exact = draw_map(votes).axes
    monkeypatch.setattr(axes, "SMALL", 10)
    iterated = draw_map(votes).axes
    assert np.array(list(iterated.values())) == pytest.approx(
        np.array(list(exact.values())), abs=1e-7
    )
