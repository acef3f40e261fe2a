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


def test_percentages_and_averages_come_from_enough_people():
    hesa, ours = PROFILES["hesa"], PROFILES["threshold_10"]
    assert hesa.percent(11, 22) is None
    assert hesa.percent(11, 23) == 48
    assert ours.percent(12, 24) is None
    assert ours.percent(13, 26) == 50
    assert hesa.mean([3] * 7) is None
    assert hesa.mean([3] * 8) == 3.0
    assert ours.mean([3] * 9) is None
    assert ours.mean([1, 2] * 5) == 1.5
    assert hesa.median([3] * 7) is None
    assert ours.median([3] * 9) is None
    assert ours.median([1, 1, 1, 1, 1, 4, 9, 9, 9, 9]) == 2


def test_a_percentage_does_not_tell_a_count_that_is_hidden():
    ours = PROFILES["threshold_10"]
    assert ours.percent(9, 100) is None
    assert ours.percent(95, 100) is None
    assert ours.percent(0, 100) is None
    assert PROFILES["nhs_1_7"].percent(0, 100) == 0
    assert PROFILES["nhs_1_7"].percent(93, 100) is None


def test_all_and_nobody_are_most_and_few_where_the_answer_is_sensitive():
    for profile in PROFILES.values():
        assert profile.percent(40, 40, sensitive=True) == "most"
        assert profile.percent(0, 40, sensitive=True) == "few"
        assert profile.percent(20, 40, sensitive=True) == 50
        assert profile.percent(10, 10, sensitive=True) is None
