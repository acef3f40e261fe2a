from goldenthread.safety.release.control import PROFILES, WIDTH
from goldenthread.safety.release.control.history import Frozen, audit

OURS = PROFILES["threshold_10"]
SUMS = {"all": ["yes", "partly", "no"]}


def hidden_by_rule(counts):
    return frozenset(name for name, count in counts.items() if OURS.hides(count))


def test_a_sum_that_gives_hidden_parts_away_hides_another_part():
    # 12 is shown as 10: 10 to 12; so is 10. The other two would be 0 to 2.
    found = audit([], {"all": 12, "yes": 10, "partly": 1, "no": 1}, SUMS, OURS)
    assert found.beyond == {"yes"}
    assert all(bounds.wide(WIDTH) for bounds in found.ranges.values())


def test_figures_that_give_nothing_away_stay():
    assert not audit([], {"all": 60, "yes": 40, "partly": 13, "no": 7}, SUMS, OURS).beyond
    assert not audit([], {"all": 5, "yes": 3, "partly": 1, "no": 1}, SUMS, OURS).beyond


def test_an_earlier_release_counts_too():
    # Whoever knows the release before knows at least as much, and still not enough.
    counts = {"all": 30, "yes": 17, "partly": 10, "no": 3}
    alone = audit([], counts, SUMS, OURS)
    before = {"all": 27, "yes": 17, "partly": 10, "no": 0}
    known = audit([Frozen(before, hidden_by_rule(before))], counts, SUMS, OURS)
    assert known.ranges["no"].low >= alone.ranges["no"].low
    assert all(bounds.wide(WIDTH) for bounds in known.ranges.values())
    assert known.beyond >= alone.beyond


def test_a_figure_that_an_earlier_release_did_not_have_was_none():
    # At the first release nobody had answered yet, so the release has no figures of answers.
    counts = {"all": 30, "yes": 17, "partly": 10, "no": 3}
    known = audit([Frozen({"voices": 60}, frozenset())], counts, SUMS, OURS)
    assert known == audit([], counts, SUMS, OURS)


def test_releases_in_a_row_never_tell_a_newcomer():
    earlier = []
    counts = {"all": 0, "yes": 0, "partly": 0, "no": 0}
    for step in range(6):
        counts = dict(counts)
        for part, more in (("yes", 7), ("partly", step), ("no", 3)):
            counts[part] += more
            counts["all"] += more
        found = audit(earlier, counts, SUMS, OURS)
        for name, bounds in found.ranges.items():
            assert bounds.wide(WIDTH)
            assert bounds.low <= counts[name]
            assert bounds.high is None or counts[name] <= bounds.high
        earlier.append(Frozen(counts, hidden_by_rule(counts) | found.beyond))


def test_a_release_of_before_a_figure_was_counted_tells_nothing_and_stops_nothing():
    earlier = [Frozen({"voices": 45}, frozenset())]
    counts = {"all": 52, "yes": 40, "partly": 12, "no": 0}
    known = audit(earlier, counts, SUMS, OURS)
    assert known.beyond == audit([], counts, SUMS, OURS).beyond
    assert all(bounds.wide(WIDTH) for bounds in known.ranges.values())
