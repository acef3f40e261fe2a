"""Worked by hand, compared with every table that could be, and attacked."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from goldenthread.safety.release.control import PROFILES, WIDTH, check, protect, read
from goldenthread.safety.release.control.tables import Key, Table
from goldenthread.safety.release.control.views import View

OURS, NHS, HESA, OFQUAL = (PROFILES[n] for n in ("threshold_10", "nhs_1_7", "hesa", "ofqual"))


def table(*rows):
    return Table(
        {
            Key(f"r{at}", f"c{column}"): count
            for at, row in enumerate(rows)
            for column, count in enumerate(row)
        }
    )


def result(profile, *lines):
    done = check(read(lines), profile)
    cells = {(each["row"], each["column"]): each["shown"] for each in done["cells"]}
    hidden = {(each["row"], each["column"]): (each["low"], each["high"]) for each in done["hidden"]}
    assert set(hidden) == {name for name, number in cells.items() if number is None}
    return cells, hidden


def test_a_second_number_is_hidden_where_one_alone_could_be_worked_out():
    # yes adds up to 17, shown as 15: 13 to 17. 14 would be shown as 15 too, so North's yes would
    # be 0 to 4. With 14 hidden: North's yes is 23..27 less 18..22, so 1 to 9; South's 43..47 less
    # 28..32, so 11 to 19; and together at most 17.
    cells, hidden = result(OURS, "North,yes,3", "North,no,22", "South,yes,14", "South,no,31")
    assert cells == {
        ("North", "yes"): None,
        ("North", "no"): 20,
        ("South", "yes"): None,
        ("South", "no"): 30,
    }
    assert hidden == {("North", "yes"): (1, 6), ("South", "yes"): (11, 16)}


def test_a_row_where_rounding_alone_is_enough():
    # 16 is shown as 15: 13 to 17; 12 as 10: 8 to 12 for the NHS. 13 - 12 = 1, and the rule says 7.
    assert result(NHS, "A,x,12", "A,y,4")[1] == {("A", "y"): (1, 7)}
    assert result(OURS, "A,x,12", "A,y,4")[1] == {("A", "y"): (1, 7)}  # 13-12 to 17-10


def test_hesa_rounds_and_hides_nothing():
    cells, hidden = result(HESA, "A,x,1", "A,y,3", "A,z,128")
    assert list(cells.values()) == [0, 5, 130]
    assert hidden == {}


def test_a_rounded_number_that_could_be_told_exactly_is_caught():
    # Four sevens are shown as 5 each, at most 28 together; 28 is shown as 30, at least 28.
    done = protect(table([7, 7, 7, 7]), HESA)
    assert [done.shown(key) for key in done.table.counts] == [5, 5, 5, 5]
    assert done.shown(Key(None, None)) is None


def test_fewer_than_five_has_company():
    # Alone, whoever knows the rule knows it is 1 to 4.
    _, hidden = result(OFQUAL, "A,x,3", "A,y,40", "A,z,60")
    assert set(hidden) == {("A", "x"), ("A", "y")}
    assert result(OFQUAL, "A,x,3")[1] == {("A", "x"): (0, 9)}  # nothing of it can be shown


def test_zero_is_shown_only_where_the_rule_says_so():
    assert result(NHS, "A,x,0", "A,y,40")[0] == {("A", "x"): 0, ("A", "y"): 40}
    cells, _ = result(OURS, "A,x,0", "A,y,40", "A,z,70")
    assert cells["A", "x"] is None


def test_given_totals_are_rounded_by_themselves_and_attacked_too():
    cells, hidden = result(OURS, "A,x,18", "A,y,33", "A,Total,51")
    assert cells == {("A", "x"): 20, ("A", "y"): 35, ("A", "Total"): 50}
    cells, hidden = result(OURS, "A,x,8", "A,y,10", "A,Total,18")
    assert cells["A", "Total"] == 20
    assert all(high - low >= WIDTH for low, high in hidden.values())


def test_the_more_that_is_hidden_is_said_but_not_which():
    more = check(table([3, 22], [14, 31]), OURS)
    assert more["more_hidden"] is True
    assert check(table([12, 4]), OURS)["more_hidden"] is False


def possible(done):
    """Every table that looks the same from outside, found by trying them all."""
    profile, whole = done.profile, done.table
    choices = []
    for key in whole.counts:
        if key in done.hidden and done.more_hidden:
            choices.append(range(33))
        else:
            choices.append([n for n in range(33) if profile.shown(n) == done.shown(key)])
    for numbers in product(*choices):
        other = Table(dict(zip(whole.counts, numbers, strict=True)))
        hidden = [n for key, n in other.counts.items() if key in done.hidden]
        if done.more_hidden and profile.hides_any and not any(map(profile.hides, hidden)):
            continue  # something must have begun the hiding
        if all(
            profile.shown(other.count(key)) == done.shown(key)
            for key in whole.totals()
            if key not in done.hidden or (key == Key(None, None) and key in done.by_rule)
        ):
            yield other


@settings(max_examples=20, deadline=None)
@given(
    st.lists(st.integers(0, 10), min_size=3, max_size=3),
    st.sampled_from([OURS, NHS, OFQUAL]),
)
def test_the_solver_finds_what_trying_all_tables_finds(counts, profile):
    done = protect(table(counts), profile)
    if done.withheld:
        return
    found = list(possible(done))
    for key, bounds in done.bounds().items():
        if not key.is_total:
            values = {other.counts[key] for other in found}
            assert (min(values), max(values)) == bounds, (counts, profile.name)


def every_four(done, most=30):
    """The same for four cells, as columns of numbers: nearly a million tables are tried."""
    rule, cells = done.profile, list(done.table.counts)
    counts = dict(zip(cells, np.indices((most + 1,) * 4).reshape(4, -1), strict=True))
    looks = np.array([-1 if rule.hides(n) else rule.shown(n) for n in range(4 * most + 1)])
    fits = np.full(counts[cells[0]].shape, fill_value=True)
    for key in done.table.numbers():
        seen = looks[sum(counts[part] for part in done.table.parts(key))]
        if key not in done.hidden:
            fits &= seen == done.shown(key)
        elif (key == Key(None, None) and key in done.by_rule) or not (
            key.is_total or done.more_hidden
        ):
            fits &= seen == -1
    if done.more_hidden and rule.hides_any:  # something must have begun the hiding
        fits &= np.any([looks[counts[key]] == -1 for key in cells if key in done.hidden], axis=0)
    return {key: found[fits] for key, found in counts.items()}


@settings(max_examples=30, deadline=None)
@given(
    st.tuples(*[st.tuples(st.integers(0, 7), st.integers(0, 7))] * 2),
    st.sampled_from(list(PROFILES.values())),
)
def test_low_and_high_are_what_trying_every_table_of_four_cells_finds(rows, profile):
    done = protect(table(*rows), profile)
    if done.withheld:
        assert sum(map(sum, rows)) <= 9
        return
    told = {(each["row"], each["column"]): each for each in check(done.table, profile)["hidden"]}
    found = every_four(done)
    for key, bounds in done.bounds().items():
        if not key.is_total:
            assert bounds.low <= done.table.counts[key] <= bounds.high
            assert (found[key].min(), found[key].max()) == bounds, (rows, profile.name)
            assert told[key] == {"row": key.row, "column": key.column, **bounds._asdict()}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.lists(st.integers(0, 30), min_size=3, max_size=3),
        min_size=1,
        max_size=4,
    ),
    st.sampled_from(list(PROFILES.values())),
)
def test_no_hidden_cell_is_known_to_within_five_and_the_truth_is_always_possible(rows, profile):
    done = protect(table(*rows), profile)
    for key, bounds in done.bounds().items():
        if not key.is_total:
            assert bounds.high is not None
            assert bounds.low <= done.table.counts[key] <= bounds.high
            assert bounds.high - bounds.low >= WIDTH


def test_hiding_by_the_rule_alone_is_broken_by_the_attack():
    whole = table([3, 22], [14, 31])
    by_rule = [key for key in whole.counts if OURS.hides(whole.counts[key])]
    view = View(whole, OURS, by_rule)
    assert view.bounds(Key("r0", "c0")) == (1, 4)
    assert view.is_weak(Key("r0", "c0"))


@pytest.mark.parametrize("profile", PROFILES.values(), ids=lambda profile: profile.name)
def test_a_table_of_few_a_single_cell_and_an_empty_one_are_answered(profile):
    for rows in ([[1]], [[0]], [[0, 0], [0, 0]], [[1, 1], [1, 1]], [[50]], [[9, 9]], [[1], [9]]):
        done = protect(table(*rows), profile)
        for key, bounds in done.bounds().items():
            if not key.is_total:
                assert bounds.wide(WIDTH)
                assert bounds.low <= done.table.counts[key] <= bounds.high
