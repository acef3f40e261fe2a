from goldenthread.listen.conversations.mapping.next import Counter


def test_few_votes_few_passes_and_strong_separation_are_preferred() -> None:
    many, new = Counter("1", 30, 20, 5), Counter("2")
    passed, answered = Counter("3", 5, 5, 40), Counter("4", 25, 20, 5)
    flat, dividing = Counter("5", 20, 20, 2, separation=0.1), Counter("6", 20, 20, 2, separation=3)
    assert new.weight() > many.weight()
    assert answered.weight() > passed.weight()
    assert dividing.weight() > flat.weight()


def test_what_most_refuse_is_asked_as_often_as_what_most_like() -> None:
    assert Counter("1", 45, 5, 2).weight() == Counter("2", 5, 45, 2).weight()


def test_none_is_left_out() -> None:
    assert all(Counter("1", 0, 0, passes, separation=-1).weight() > 0 for passes in (0, 30, 9000))
