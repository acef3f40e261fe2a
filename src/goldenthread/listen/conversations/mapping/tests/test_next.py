import pytest

from goldenthread.listen.conversations.mapping.next import Counter, next_statement, weights


def test_few_votes_few_passes_and_strong_separation_are_preferred() -> None:
    many, new = Counter("1", 30, 20, 5), Counter("2")
    passed, answered = Counter("3", 5, 5, 40), Counter("4", 25, 20, 5)
    flat, dividing = Counter("5", 20, 20, 2, separation=0.1), Counter("6", 20, 20, 2, separation=3)
    assert new.weight() > many.weight()
    assert answered.weight() > passed.weight()
    assert dividing.weight() > flat.weight()


def test_what_most_refuse_is_asked_as_often_as_what_most_like() -> None:
    chance = weights([Counter("1", 45, 5, 2), Counter("2", 5, 45, 2)])
    assert chance["1"] == chance["2"] == 0.5


def test_the_lot_is_the_same_in_any_order_and_leaves_nobody_out() -> None:
    counters = [Counter("0"), *(Counter(str(n), 30, 10, n) for n in range(1, 12))]
    drawn = [next_statement(counters, seed=f"somebody, {n}") for n in range(4000)]
    assert drawn == [next_statement(counters[::-1], seed=f"somebody, {n}") for n in range(4000)]
    chance = weights(counters)
    assert sum(chance.values()) == pytest.approx(1)
    for name, share in chance.items():
        assert drawn.count(name) / 4000 == pytest.approx(share, abs=0.03)
        assert name in drawn


def test_nobody_is_asked_twice() -> None:
    counters = [Counter("1"), Counter("2")]
    assert next_statement(counters, seed="x", answered={"1"}) == "2"
    assert next_statement(counters, seed="x", answered={"1", "2"}) is None
    assert next_statement([], seed="x") is None
