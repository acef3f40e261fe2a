"""The attack: the least and the greatest value of a hidden number, given all that is public.

Linear programmes solved by HiGHS. In a table of two dimensions the sums over rows and over columns
are two laminar families, so the matrix is totally unimodular: every bound found is reached by
whole numbers, and no attacker who knows that people come whole can do better. Where sums cross in
other ways (several tables of one population), ask for `whole`, which solves in integers.
"""

import random
from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Final, NamedTuple

import highspy
import numpy as np
import numpy.typing as npt

NEAR: Final = 1e-6  # of whole numbers
TRIES: Final = 4  # in a row that prove nothing new
LEAST, MOST = highspy.ObjSense.kMinimize, highspy.ObjSense.kMaximize


class Claim(NamedTuple):
    """What is public of a sum: `atoms` less `minus` make something between `low` and `high`.

    Places of unknown counts of people; both ends included; no `high` means no limit.
    """

    atoms: Sequence[int]
    low: int
    high: int | None
    minus: Sequence[int] = ()


class Bounds(NamedTuple):
    """The least and the greatest value that fits all claims; no `high` means no limit."""

    low: int
    high: int | None

    def wide(self, width: int) -> bool:
        """Whether it leaves at least `width` between its ends."""
        return self.high is None or self.high - self.low >= width

    def joined(self, other: "Bounds") -> "Bounds":
        """Return the smallest range that holds both."""
        high = None if self.high is None or other.high is None else max(self.high, other.high)
        return Bounds(min(self.low, other.low), high)


Costs = Sequence[tuple[int, float]]  # how much each unknown count weighs
Solution = npt.NDArray[np.int64]  # a whole number for each unknown count


class Asked(NamedTuple):
    """An unknown count of which too much is known if its ends are less than `width` apart."""

    atom: int
    width: int


class Seen:
    """The least and the greatest value of each unknown count in all ways found so far.

    Two ways that differ enough are a proof without any more solving.
    """

    def __init__(self) -> None:
        self._low: Solution | None = None
        self._high: Solution | None = None

    def add(self, found: Solution) -> None:
        """Keep one more way in which things may be."""
        self._low = found if self._low is None else np.minimum(self._low, found)
        self._high = found if self._high is None else np.maximum(self._high, found)

    def proves(self, asked: Asked) -> bool:
        """Whether little enough is known of a count."""
        if self._low is None or self._high is None:
            return False
        return bool(self._high[asked.atom] - self._low[asked.atom] >= asked.width)


class Impossible(Exception):
    """No numbers fit all claims at once."""


class Attack:
    """Everything known of `size` unknown counts, ready to be asked about any sum of them."""

    def __init__(self, size: int, claims: Iterable[Claim], *, whole: bool = False) -> None:
        self._known = (size, list(claims))
        self._exact: Attack | None = None
        self._whole = whole
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._infinite = self._solver.getInfinity()
        self._limits = [(0.0, self._infinite)] * size
        sums = []
        for claim in self._known[1]:
            if len(claim.atoms) == 1 and not claim.minus:
                self._narrow(claim)
            else:
                sums.append(claim)
        for low, high in self._limits:
            self._solver.addVar(low, high)
        for claim in sums:
            self._add(claim)
        if whole:
            for atom in range(size):
                self._solver.changeColIntegrality(atom, highspy.HighsVarType.kInteger)

    def bounds(self, atoms: Sequence[int], given: Claim | None = None) -> Bounds:
        """Return the range of a sum of unknown numbers, `given` one more claim.

        :raises Impossible: nothing fits
        """
        if given is not None:
            self._add(given)
        places = np.array(atoms, dtype=np.int32)
        self._solver.changeColsCost(len(places), places, np.ones(len(places)))
        try:
            low = self._solve(LEAST)
            high = self._solve(MOST)
        finally:
            self._solver.changeColsCost(len(places), places, np.zeros(len(places)))
            if given is not None:
                last = self._solver.getNumRow() - 1
                self._solver.deleteRows(1, np.array([last], dtype=np.int32))
        if low is None:
            raise Impossible
        return Bounds(ceil(low - NEAR), None if high is None else floor(high + NEAR))

    def narrow(self, asked: Sequence[Asked], seen: Seen) -> int | None:
        """Return the place of the first count of which too much is known; none if there is none.

        :raises Impossible: nothing fits
        """
        self._spread(asked, seen)
        for at, each in enumerate(asked):
            for sense in (MOST, LEAST):
                if not seen.proves(each):
                    seen.add(self.extreme([(each.atom, 1.0)], sense))
            if not seen.proves(each):
                return at
        return None

    def _spread(self, asked: Sequence[Asked], seen: Seen) -> None:
        """Pull apart many at once, by weights drawn by lot, as long as that proves anything."""
        lots, idle = random.Random(len(asked)), 0  # noqa: S311 - nothing is kept secret by them
        left = [each for each in asked if not seen.proves(each)]
        while left and idle < TRIES:
            costs = [(each.atom, lots.random()) for each in left]
            seen.add(self.extreme(costs, LEAST if idle == 1 else MOST))
            before, left = len(left), [each for each in left if not seen.proves(each)]
            idle = 0 if len(left) < before else idle + 1

    def extreme(self, costs: Costs, sense: highspy.ObjSense) -> Solution:
        """Return the whole numbers in which a weighted sum is least or greatest.

        Fractions are tried first: they are much faster, and nearly always whole already.
        """
        places = np.array([atom for atom, _ in costs], dtype=np.int32)
        self._solver.changeColsCost(len(places), places, np.array([cost for _, cost in costs]))
        self._solve(sense)
        found = np.array(self._solver.getSolution().col_value)
        self._solver.changeColsCost(len(places), places, np.zeros(len(places)))
        if self._whole or np.abs(found - found.round()).max(initial=0) < NEAR:
            return found.round().astype(np.int64)
        if self._exact is None:
            self._exact = Attack(*self._known, whole=True)
        return self._exact.extreme(costs, sense)

    def _solve(self, sense: highspy.ObjSense) -> float | None:
        """Return the best value; none if there is no limit."""
        self._solver.changeObjectiveSense(sense)
        self._solver.run()
        status = self._solver.getModelStatus()
        if status == highspy.HighsModelStatus.kOptimal:
            return float(self._solver.getInfo().objective_function_value)
        unlimited = {
            highspy.HighsModelStatus.kUnbounded,
            highspy.HighsModelStatus.kUnboundedOrInfeasible,
        }
        if status in unlimited and sense == MOST:
            return None  # the least value was found before, so something fits
        raise Impossible

    def _narrow(self, claim: Claim) -> None:
        (atom,) = claim.atoms
        low, high = self._limits[atom]
        self._limits[atom] = (max(low, claim.low), min(high, self._high(claim.high)))

    def _add(self, claim: Claim) -> None:
        atoms = np.array([*claim.atoms, *claim.minus], dtype=np.int32)
        signs = np.array([1.0] * len(claim.atoms) + [-1.0] * len(claim.minus))
        self._solver.addRow(claim.low, self._high(claim.high), len(atoms), atoms, signs)

    def _high(self, high: int | None) -> float:
        return self._infinite if high is None else high
