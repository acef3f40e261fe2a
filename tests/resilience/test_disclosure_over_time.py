"""R30, continued: every release kept, one table laid beside another, and a motivated intruder.

The attacker shares no code with the audit. They know the published rules: nobody is taken out, a
table is counted anew when ten more have answered and not before, and whoever answered two
questions is in the tables of both.
"""

import random

import highspy
import pytest
from tests.resilience.test_disclosure_attack import RULES, stands_for
from tests.resilience.town import Town, grown

from goldenthread.safety.release.control.tables import Key

pytestmark = pytest.mark.submission
TOWNS = 6
MANY = 10_000


class Everything:
    """All that is public of a town's releases, as sums of unknown groups of people."""

    def __init__(self, town):
        self.town, self.at = town, {}
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        for release in range(len(town.releases)):
            for a in [*town.one, None]:
                for b in [*town.other, None]:
                    self.at[release, a, b] = self.solver.addVariable(
                        0, MANY, type=highspy.HighsVarType.kInteger
                    ).index
        for release, sheets in enumerate(town.releases):
            self._nobody_leaves(release)
            for name, sheet in sheets.items():
                self._shown(release, name, sheet)
            self._guessed(release, sheets)

    def group(self, release, name, key):
        """The unknown groups that a number adds up."""
        a, b = {"one": (key.column, ...), "other": (..., key.column)}.get(name, key)
        return [
            place
            for (at, one, other), place in self.at.items()
            if at == release and a in {..., one} and b in {..., other}
        ]

    def everyone(self, release, name):
        keys = self.town.releases[release][name].cells
        return [place for key in keys for place in self.group(release, name, key)]

    def fact(self, plus, low, high, minus=()):
        signs = [1.0] * len(plus) + [-1.0] * len(minus)
        self.solver.addRow(low, high, len(signs), [*plus, *minus], signs)

    def _nobody_leaves(self, release):
        for (at, a, b), place in list(self.at.items()):
            if at == release and at:
                self.fact([place], 0, MANY, [self.at[at - 1, a, b]])

    def _shown(self, release, name, sheet):
        whole, anew = self.everyone(release, name), sheet.made == release + 1
        made = [at for at in range(release) if self.town.releases[at][name].made == at + 1]
        if made:
            before = self.everyone(made[-1], name)
            self.fact(whole, *((10, MANY) if anew else (0, 9)), before)
        if not anew:
            return
        if sheet.below:
            self.fact(whole, 0, sheet.below - 1)
        if sheet.answered is not None:
            self.fact(whole, *stands_for(sheet.answered, self.town.profile))
        for key, shown in sheet.cells.items():
            group = self.group(release, name, key)
            if shown is not None:
                self.fact(group, *stands_for(shown, self.town.profile))
            elif not (sheet.below or sheet.more or sheet.most):
                least, most = RULES[self.town.profile]
                self.fact(group, 0 if sheet.profile.hides(0) else least, most)

    def _guessed(self, release, sheets):
        """Somebody guesses that all who answered one question answered both, and is right."""
        totals = self.town.totals[release]
        for name in ("one", "other"):
            anew = sheets[name].made == sheets["one*other"].made == release + 1
            if anew and totals[name] == totals["one*other"]:
                gone = [
                    place
                    for (at, a, b), place in self.at.items()
                    if at == release and (a, b) != (None, None) and (b, a)[name == "other"] is None
                ]
                self.fact(gone, 0, 0)

    def ends(self, group):
        """The least and the greatest number of people in some groups together."""
        found = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            for place in group:
                self.solver.changeColCost(place, 1)
            self.solver.changeObjectiveSense(sense)
            self.solver.run()
            assert self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            found.append(round(self.solver.getInfo().objective_function_value))
            for place in group:
                self.solver.changeColCost(place, 0)
        return found

    def may_be(self, plus, minus):
        """Whether one person at least may have joined a group."""
        self.fact(plus, 1, MANY, minus)
        self.solver.run()
        fits = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
        last = self.solver.getNumRow() - 1
        self.solver.deleteRows(1, [last])
        return fits


def found(town):
    """How many numbers are recovered or known to within five; and how many are hidden, shown."""
    attacker, exact, narrow, hidden, shown = Everything(town), 0, 0, 0, 0
    for release, sheets in enumerate(town.releases):
        for name, sheet in sheets.items():
            for key, number in sheet.cells.items():
                if sheet.made != release + 1 or _nobody(sheets, name, key):
                    continue
                low, high = attacker.ends(attacker.group(release, name, key))
                truth = town.truth[release][name][key]
                assert low <= truth <= high, (release, name, key)
                if number is None:
                    hidden, narrow = hidden + 1, narrow + (high - low < 5)
                else:
                    shown += 1
                    exact += low == high and stands_for(number, town.profile) != (0, 0)
    return exact, narrow, hidden, shown


def _nobody(sheets, name, key):
    """Beside an answer that is shown as nobody, nobody is no secret."""
    if name != "one*other":
        return False
    lines = {"one": key.row, "other": key.column}
    return any(sheets[each].cells[Key("all", answer)] == 0 for each, answer in lines.items())


@pytest.mark.parametrize("profile", RULES)
def test_nothing_is_recovered_from_all_releases_and_tables_together(profile):
    total = [0, 0, 0, 0]
    for seed in range(TOWNS):
        now = found(grown(seed, profile, audit=True))
        total = [sum(pair) for pair in zip(total, now, strict=True)]
    exact, narrow, hidden, shown = total
    assert (exact, narrow) == (0, 0)
    assert shown > hidden / 20, "hiding everything would be no answer"


def test_tables_that_are_safe_one_by_one_are_broken_together():
    """The negative control: the same tables, each protected alone, the joint audit switched off."""
    narrow = 0
    for profile in ("nhs_1_7", "hesa"):
        for seed in range(TOWNS):
            narrow += found(grown(seed, profile, audit=False))[1]
    assert narrow > 5


# Little Fenwick: what everybody there knows. Its people were asked about their faith and their
# health; the parish newsletter, the census and a wedding page say who belongs where.
FAITHS = ["none", "christian", "muslim", "sikh"]
HEALTH = ["no", "a-little", "a-lot"]
RESIDENTS = {"none": 300, "christian": 250, "muslim": 14, "sikh": 6}


def little_fenwick(seed, profile, *, audit):
    """Three waves of people; in the second is the person somebody wants to find out about."""
    chance = random.Random(seed)
    town = Town(profile, FAITHS, HEALTH, sensitive=(True, True))
    for wave in range(3):
        newcomers = [
            (
                chance.choices(FAITHS, [50, 40, 6, 4])[0],
                chance.choices(HEALTH, [60, 25, 15])[0],
            )
            for _ in range(chance.choice([10, 25, 40]) + 30 * (wave == 0))
        ]
        town.answered(newcomers, audit=audit)
    return town


def still_possible(town, attacker, faith):
    """What somebody's health may be: all know their faith, and that they answered in wave two."""
    return [
        health
        for health in HEALTH
        if attacker.may_be(
            attacker.group(1, "one*other", Key(faith, health)),
            attacker.group(0, "one*other", Key(faith, health)),
        )
    ]


def intrude(town, *, shown_as_they_are=False):
    """Try each person of the second wave; return how many tries, how many were found out."""
    attacker = Everything(town)
    for faith, many in RESIDENTS.items():  # no more people than live there
        attacker.fact(attacker.group(2, "one", Key("all", faith)), 0, many)
    if shown_as_they_are:
        for release, tables in enumerate(town.truth):
            for key, number in tables["one*other"].items():
                if number >= 5:
                    attacker.fact(attacker.group(release, "one*other", key), number, number)
            for name in ("one", "other"):
                for key, number in tables[name].items():
                    attacker.fact(attacker.group(release, name, key), number, number)
    first, second = (tables["one*other"] for tables in town.truth[:2])
    targets = {key.row for key in second if second[key] > first[key]}
    options = [still_possible(town, attacker, faith) for faith in targets]
    assert all(options)
    return len(options), sum(len(each) == 1 for each in options)


@pytest.mark.parametrize("profile", RULES)
def test_a_motivated_intruder_finds_nobody_out(profile):
    tries, found_out = 0, 0
    for seed in range(TOWNS):
        tried, successes = intrude(little_fenwick(seed, profile, audit=True))
        tries, found_out = tries + tried, found_out + successes
    assert tries > 2 * TOWNS
    assert found_out == 0


def test_the_same_intruder_finds_people_out_beside_exact_totals():
    """The negative control: cells below 5 left out, everything else as it is."""
    town = [little_fenwick(seed, "hesa", audit=False) for seed in range(TOWNS)]
    assert sum(intrude(each, shown_as_they_are=True)[1] for each in town) > 2
