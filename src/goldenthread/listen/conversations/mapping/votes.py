"""Votes on statements: who agreed, disagreed or passed, each person once per statement."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1
CHOICES: Final = 3
NOT_A_VOTE: Final = "A vote is 1 (agree), -1 (disagree) or 0 (pass)."

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
Row = tuple[str, str, int, float | datetime | None]  # participant, statement, vote, time


@dataclass(frozen=True, eq=False)
class Votes:
    """A matrix of people by statements: agree +1, disagree -1, pass 0 (stored), not seen absent.

    Shape `matrix`: participants x statements, int8, indices sorted, one entry per person and
    statement. Both lists of ids are sorted (numbers as numbers), so that equal votes make equal
    matrices in whatever order they came.
    """

    participants: tuple[str, ...]
    statements: tuple[str, ...]
    matrix: csr_array

    @classmethod
    def of(cls, rows: Iterable[Row]) -> Self:
        """Gather rows of (participant, statement, vote, time or None).

        The latest vote by time wins; at the same time (no time is before all times) the greater
        vote does, whatever the order of rows. Raises ValueError for a vote that is none.
        """
        rows = rows if isinstance(rows, list | tuple) else list(rows)
        columns = [list(map(itemgetter(place), rows)) for place in range(4)]
        (people, who), (statements, what) = _places(columns[0]), _places(columns[1])
        votes = np.array(columns[2], dtype=None if columns[2] else np.int64)
        if votes.dtype.kind != "i":
            raise ValueError(NOT_A_VOTE)
        return cls.of_arrays(
            people,
            statements,
            who=who,
            what=what,
            votes=votes,
            times=_moments(columns[3]),
        )

    @classmethod
    def of_arrays(
        cls,
        participants: Sequence[str],
        statements: Sequence[str],
        *,
        who: Ints,
        what: Ints,
        votes: Ints,
        times: Floats | None = None,
    ) -> Self:
        """Gather votes given as arrays of one length; the same rules as `of`.

        `who` and `what` are places in the two lists of different ids. `times` are in any unit;
        -inf says that there is none.
        """
        if votes.size and not (votes.min() >= DISAGREE and votes.max() <= AGREE):
            raise ValueError(NOT_A_VOTE)
        people, place_of_person = _ranked(participants)
        named, place_of_statement = _ranked(statements)
        cells = place_of_person[who].astype(np.int64) * len(named) + place_of_statement[what]
        kept, values = _latest(cells, votes.astype(np.int8), times)
        shape = (len(people), len(named))
        if not kept.size:
            return cls(people, named, csr_array(shape, dtype=np.int8))
        rows, columns = np.divmod(kept, len(named))
        return cls(people, named, _matrix(rows, columns, values, shape))

    def without(self, statements: Collection[str]) -> Self:
        """Return the votes without those on some statements (turned down ones); people stay."""
        left_out = set(statements)
        keep = np.array([name not in left_out for name in self.statements], dtype=bool)
        if keep.all():
            return self
        new_place = np.cumsum(keep) - 1
        kept = keep[self.matrix.indices]
        what = new_place[self.matrix.indices[kept]]
        names = tuple(name for name in self.statements if name not in left_out)
        shape = (len(self.participants), len(names))
        return type(self)(
            self.participants, names, _matrix(self.who()[kept], what, self.matrix.data[kept], shape)
        )

    def who(self) -> Ints:
        """Return the place of the person of each vote, in the order of `matrix.data`."""
        return np.repeat(
            np.arange(len(self.participants), dtype=np.int32), np.diff(self.matrix.indptr)
        )

    def counts(self) -> Ints:
        """Return how many statements each person voted on."""
        counts: Ints = np.diff(self.matrix.indptr)
        return counts


def by_number(name: str) -> tuple[int, int, str]:
    """Sort ids: numbers as numbers, then the rest as text."""
    digits = name.removeprefix("-")
    if digits.isascii() and digits.isdigit():
        return 0, int(name), name
    return 1, 0, name


def _ranked(names: Sequence[str]) -> tuple[tuple[str, ...], Ints]:
    """Return the names in order, and the new place of each."""
    if len(set(names)) < len(names):
        raise ValueError("An id stands twice in the list of ids.")
    order = sorted(range(len(names)), key=lambda place: by_number(names[place]))
    places = np.empty(len(names), dtype=np.int32)
    places[order] = np.arange(len(names), dtype=np.int32)
    return tuple(names[place] for place in order), places


def _latest(cells: Ints, votes: Ints, times: Floats | None) -> tuple[Ints, Ints]:
    """Return the cells that were voted on, in order, and the vote that counts in each."""
    if times is None or not len(cells):
        both = np.sort(cells * CHOICES + (votes + 1))  # the greatest vote comes last in its cell
        last = np.append(both[1:] // CHOICES != both[:-1] // CHOICES, True)[: len(both)]
        kept, choices = np.divmod(both[last], CHOICES)
        return kept, (choices - 1).astype(np.int8)
    order = np.argsort(cells)
    ordered = cells[order]
    first = np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1]))
    counts = np.diff(np.append(first, len(cells)))
    twice = counts > 1
    chosen = order[first]
    among = order[np.repeat(twice, counts)]
    ranked = among[np.lexsort((votes[among], times[among], cells[among]))]
    chosen[twice] = ranked[np.cumsum(counts[twice]) - 1]
    return cells[chosen], votes[chosen]


def _matrix(who: Ints, what: Ints, values: Ints, shape: tuple[int, int]) -> csr_array:
    starts = np.zeros(shape[0] + 1, dtype=np.int64)
    np.cumsum(np.bincount(who, minlength=shape[0]), out=starts[1:])
    return csr_array((values, what.astype(np.int32), starts), shape=shape)


def _places(column: Sequence[str]) -> tuple[list[str], Ints]:
    """Return the different names in a column, and the place of each cell's name among them."""
    names = list(dict.fromkeys(column))
    place = {name: number for number, name in enumerate(names)}
    return names, np.fromiter(map(place.__getitem__, column), dtype=np.int64, count=len(column))


def _moments(column: Sequence[float | datetime | None]) -> Floats | None:
    if column.count(None) == len(column):
        return None
    return np.array([_moment(time) for time in column], dtype=np.float64)


def _moment(time: float | datetime | None) -> float:
    if time is None:
        return -np.inf
    return time.timestamp() if isinstance(time, datetime) else float(time)
