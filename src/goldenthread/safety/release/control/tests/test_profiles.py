import pytest

from goldenthread.safety.release.control import DEFAULT, PROFILES


def shown(name, *counts):
    return [PROFILES[name].shown(count) for count in counts]


def test_each_profile_shows_what_its_body_shows():
    counts = (0, 1, 2, 3, 4, 5, 7, 8, 9, 10, 12, 13, 17, 18, 22, 23)
    assert shown("hesa", *counts) == [0, 0, 0, 5, 5, 5, 5, 10, 10, 10, 10, 15, 15, 20, 20, 25]
    few = [None] * 6
    assert shown("nhs_1_7", *counts) == [0, *few, 10, 10, 10, 10, 15, 15, 20, 20, 25]
    assert shown("ofqual", *counts) == [0, *few[:4], 5, 5, 10, 10, 10, 10, 15, 15, 20, 20, 25]
    assert shown("threshold_10", *counts) == [None] * 9 + [10, 10, 15, 15, 20, 20, 25]
    assert DEFAULT == "threshold_10"


def test_the_published_rules_word_for_word():
    counts = (0, 1, 2, 3, 7, 8, 12, 13)
    assert shown("hesa", *counts) == [0, 0, 0, 5, 5, 10, 10, 15]
    assert shown("nhs_1_7", *counts) == [0, None, None, None, None, 10, 10, 15]
    assert shown("ofqual", *counts) == [0, None, None, None, 5, 10, 10, 15]
    assert shown("threshold_10", *counts) == [None, None, None, None, None, None, 10, 15]


def test_on_a_sensitive_question_nobody_is_hidden_like_few():
    for name in ("nhs_1_7", "ofqual", "threshold_10"):
        assert PROFILES[name].on_sensitive().shown(0) is None
    assert PROFILES["hesa"].on_sensitive().shown(2) == 0


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_what_is_shown_stands_for_exactly_the_counts_that_are_shown_so(profile):
    for count in range(200):
        number = profile.shown(count)
        if number is not None:
            low, high = profile.range_of(number)
            assert low <= count <= high
            assert all(profile.shown(each) == number for each in range(low, high + 1))


def test_a_value_in_the_middle_comes_from_enough_people():
    hesa, ours = PROFILES["hesa"], PROFILES["threshold_10"]
    assert hesa.median([3] * 7) is None
    assert hesa.median([3] * 8) == 3
    assert ours.median([3] * 9) is None
    assert ours.median([1, 1, 1, 1, 1, 4, 9, 9, 9, 9]) == 2
