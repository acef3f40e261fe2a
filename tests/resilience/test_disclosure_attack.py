"""R30: what somebody with a solver works out of everything that was ever shown.

The attacker here shares no code with the release engine. They have what `goldenthread release
check` prints and the published rule, and nothing else.
"""

import json
import random

import highspy
import pytest

from goldenthread.safety.release.control import PROFILES, check
from goldenthread.safety.release.control.tables import Key, Table

TABLES = 300
RULES = {"threshold_10": (0, 9), "nhs_1_7": (1, 7), "ofqual": (1, 4), "hesa": (1, 0)}


def random_table(chance):
    rows, columns = chance.randint(1, 6), chance.randint(1, 6)
    most = chance.choice([3, 8, 15, 40, 120])

    def count():
        return chance.choice([0, chance.randint(0, most), int(chance.expovariate(1 / most))])

    return {(f"r{row}", f"c{column}"): count() for row in range(rows) for column in range(columns)}


def published(counts, profile):
    table = Table({Key(*name): count for name, count in counts.items()})
    return json.loads(json.dumps(check(table, PROFILES[profile])))


def stands_for(number, profile):
    """Which counts are shown as this number: the rule, worked out a second time."""
    least, most = RULES[profile]
    fits = [n for n in range(number + 3) if abs(n - number) <= 2 and not least <= n <= most]
    exact_zero = profile in {"nhs_1_7", "ofqual"} and number == 0
    return (0, 0) if exact_zero else (fits[0], fits[-1])


class Attacker:
    def __init__(self, names, facts):
        """`facts` are (cells that are added up, least, most)."""
        self.solver = highspy.Highs()
        self.solver.setOptionValue("output_flag", False)
        self.at = {name: place for place, name in enumerate(names)}
        for _ in names:
            self.solver.addVar(0, highspy.kHighsInf)
        for cells, low, high in facts:
            self.solver.addRow(low, high, len(cells), [self.at[c] for c in cells], [1] * len(cells))

    def finds(self, name):
        """The least and the greatest value of a cell."""
        ends = []
        for sense in (highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize):
            self.solver.changeColCost(self.at[name], 1)
            self.solver.changeObjectiveSense(sense)
            self.solver.run()
            best = self.solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
            ends.append(self.solver.getInfo().objective_function_value if best else float("inf"))
            self.solver.changeColCost(self.at[name], 0)
        return ends


def facts_of(result, profile):
    """Everything that a reader of the release knows."""
    names = [(cell["row"], cell["column"]) for cell in result["cells"]]
    if result["withheld"]:
        yield names, 0, 9
        return
    for cell in result["cells"]:
        name = (cell["row"], cell["column"])
        if cell["shown"] is not None:
            yield [name], *stands_for(cell["shown"], profile)
        elif not result["more_hidden"]:
            yield [name], *RULES[profile]
    for total in result["totals"]:
        if total["shown"] is not None:
            line = [
                name
                for name in names
                if total["row"] in {None, name[0]} and total["column"] in {None, name[1]}
            ]
            yield line, *stands_for(total["shown"], profile)


@pytest.mark.submission
@pytest.mark.parametrize("profile", RULES)
def test_no_number_of_300_tables_is_recovered_or_known_to_within_five(profile):
    chance = random.Random(30)
    exact, narrow, hidden, shown = 0, 0, 0, 0
    for _ in range(TABLES):
        counts = random_table(chance)
        result = published(counts, profile)
        attacker = Attacker(list(counts), list(facts_of(result, profile)))
        told = {(each["row"], each["column"]): each for each in result["hidden"]}
        for cell in result["cells"]:
            name = (cell["row"], cell["column"])
            low, high = attacker.finds(name)
            assert low - 1e-6 <= counts[name] <= high + 1e-6
            if cell["shown"] is None:
                hidden += 1
                narrow += told[name]["high"] - told[name]["low"] < 5
                assert low - 1e-6 <= told[name]["low"] <= counts[name] <= told[name]["high"]
                assert told[name]["high"] <= high + 1e-6
            else:
                shown += 1
                zero = stands_for(cell["shown"], profile) == (0, 0)
                exact += not zero and high - low < 1 - 1e-6
    assert (exact, narrow) == (0, 0)
    assert shown > hidden / 20, "hiding everything would be no answer"
    assert hidden or profile == "hesa"


@pytest.mark.submission
def test_hiding_below_five_beside_exact_totals_is_broken():
    """The negative control: the usual rule, which looks safe."""
    chance = random.Random(30)
    broken = tried = 0
    for _ in range(150):
        counts = random_table(chance)
        small = [name for name, count in counts.items() if 0 < count < 5]
        if not small or len(small) == len(counts):
            continue
        facts = [([name], n, n) for name, n in counts.items() if name not in small]
        facts += [([name], 1, 4) for name in small]
        for axis in (0, 1):
            for line in {name[axis] for name in counts}:
                cells = [name for name in counts if name[axis] == line]
                total = sum(counts[name] for name in cells)
                facts.append((cells, total, total))
        attacker = Attacker(list(counts), facts)
        tried += 1
        broken += any(low == pytest.approx(high) for low, high in map(attacker.finds, small))
    assert tried > 50
    assert broken / tried > 0.8
