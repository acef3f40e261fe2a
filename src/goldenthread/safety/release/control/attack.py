"""The attack: the least and the greatest value of a hidden number, given all that is public.

Linear programmes solved by HiGHS. In a table of two dimensions the sums over rows and over columns
are two laminar families, so the matrix is totally unimodular: every bound found is reached by
whole numbers, and no attacker who knows that people come whole can do better. Where sums cross in
other ways (several tables of one population), ask for `whole`, which solves in integers.
"""

from collections.abc import Iterable, Sequence
from math import ceil, floor
from typing import Final, NamedTuple

import highspy
import numpy as np

NEAR: Final = 1e-6  # of whole numbers


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


class Impossible(Exception):
    """No numbers fit all claims at once."""


class Attack:
    """Everything known of `size` unknown counts, ready to be asked about any sum of them."""

    def __init__(self, size: int, claims: Iterable[Claim], *, whole: bool = False) -> None:
        self._solver = highspy.Highs()  # type: ignore[no-untyped-call]
        self._solver.setOptionValue("output_flag", False)
        self._solver.setOptionValue("threads", 1)
        self._infinite = self._solver.getInfinity()
        self._limits = [(0.0, self._infinite)] * size
        sums = []
        for claim in claims:
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
            low = self._solve(highspy.ObjSense.kMinimize)
            high = self._solve(highspy.ObjSense.kMaximize)
        finally:
            self._solver.changeColsCost(len(places), places, np.zeros(len(places)))
            if given is not None:
                last = self._solver.getNumRow() - 1
                self._solver.deleteRows(1, np.array([last], dtype=np.int32))
        if low is None:
            raise Impossible
        return Bounds(ceil(low - NEAR), None if high is None else floor(high + NEAR))

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
        if status in unlimited and sense == highspy.ObjSense.kMaximize:
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
