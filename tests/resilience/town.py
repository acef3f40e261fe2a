"""A fake town, what everybody there knows, and releases about it as they would be made."""

import random
from collections import Counter
from dataclasses import dataclass, field

from goldenthread.safety.release.control import PROFILES, sheets, together
from goldenthread.safety.release.control.tables import Key

ALL = "all"


@dataclass
class Town:
    """People who answer two questions, release by release; some leave the second one out."""

    profile: str
    one: list[str]
    other: list[str]
    sensitive: tuple[bool, bool] = (False, False)
    people: list[tuple[str, str | None]] = field(default_factory=list)
    releases: list[dict] = field(default_factory=list)
    totals: list[dict] = field(default_factory=list)
    truth: list[dict] = field(default_factory=list)

    def answered(self, newcomers, *, audit=True):
        """A release after these people answered; `audit` as the product does it."""
        self.people += newcomers
        number, rule = len(self.releases) + 1, PROFILES[self.profile]
        said = Counter(
            pair for a, b in self.people for pair in {(a, ...), (..., b), (a, b)} - {(..., None)}
        )
        cells = {
            "one": {Key(ALL, a): said[a, ...] for a in self.one},
            "other": {Key(ALL, b): said[..., b] for b in self.other},
            "one*other": {Key(a, b): said[a, b] for a in self.one for b in self.other},
        }
        totals = {name: sum(found.values()) for name, found in cells.items()}
        made = {}
        for name, found in cells.items():
            before = self.releases[-1][name] if self.releases else None
            known = self.totals[-1][name] if self.releases else 0
            if before is not None and totals[name] - known < 10:
                made[name], totals[name] = before, known
            else:
                pair = tuple(name.split("*"))
                asked = self.sensitive if len(pair) > 1 else [self.sensitive[name == "other"]]
                made[name] = sheets.count(pair, found, rule, number, asked)
        if audit:
            full = sheets.full([*self.totals, totals], [*self.releases, made])
            made = together.settle(self.releases, made, full)
        self.releases.append(made)
        self.totals.append(totals)
        self.truth.append(cells)


def grown(seed, profile, *, audit):
    """A town whose people come in waves of ten and more, answers unevenly spread."""
    chance = random.Random(seed)
    town = Town(
        profile,
        [f"a{at}" for at in range(chance.randint(2, 4))],
        [f"b{at}" for at in range(chance.randint(2, 3))],
    )
    often = [chance.random() ** 2 + 0.02 for _ in town.one]
    seldom = [chance.random() ** 2 + 0.02 for _ in town.other]
    skips = chance.choice([0, 0, 0.1])
    for _wave in range(chance.randint(2, 4)):
        newcomers = [
            (
                chance.choices(town.one, often)[0],
                None if chance.random() < skips else chance.choices(town.other, seldom)[0],
            )
            for _ in range(chance.choice([10, 12, 20, 60]))
        ]
        town.answered(newcomers, audit=audit)
    return town
