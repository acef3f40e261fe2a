"""Votes on statements: who agreed, disagreed or passed, each person once per statement."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Self

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

AGREE: Final = 1
PASS: Final = 0
DISAGREE: Final = -1

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
        people: dict[str, int] = {}
        statements: dict[str, int] = {}
        gathered = [
            (
                people.setdefault(participant, len(people)),
                statements.setdefault(statement, len(statements)),
                vote,
                _moment(time),
            )
            for participant, statement, vote, time in rows
        ]
        who, what, votes, times = zip(*gathered, strict=True) if gathered else ((), (), (), ())
        return cls.of_arrays(
            list(people),
            list(statements),
            np.array(who, dtype=np.int64),
            np.array(what, dtype=np.int64),
            np.array(votes, dtype=np.int64),
            np.array(times, dtype=np.float64),
        )

    @classmethod
    def of_arrays(
        cls,
        participants: Sequence[str],
        statements: Sequence[str],
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
            raise ValueError("A vote is 1 (agree), -1 (disagree) or 0 (pass).")
        people, place_of_person = _ranked(participants)
        named, place_of_statement = _ranked(statements)
        who, what = place_of_person[who], place_of_statement[what]
        order = _order_by(what, len(named))
        order = order[_order_by(who[order], len(people))]
        who, what, values = who[order], what[order], votes[order].astype(np.int8)
        keep = _latest(who, what, values, None if times is None else times[order])
        if keep is not None:
            who, what, values = who[keep], what[keep], values[keep]
        return cls(people, named, _matrix(who, what, values, (len(people), len(named))))

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
        return np.diff(self.matrix.indptr)


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


def _order_by(keys: Ints, size: int) -> Ints:
    """Return the stable order of small whole numbers, by counting: the transpose of a matrix."""
    many = len(keys)
    if not many:
        return np.zeros(0, dtype=np.int32)
    marks = np.ones(many, dtype=np.int8)
    ones = csr_array((marks, keys, np.arange(many + 1)), shape=(many, size))
    order: Ints = ones.tocsc().indices
    return order


def _latest(who: Ints, what: Ints, values: Ints, times: Floats | None) -> Ints | None:
    """Return the places of the votes that count, or None if nobody voted twice on a statement."""
    again = (who[1:] == who[:-1]) & (what[1:] == what[:-1])
    if not again.any():
        return None
    first = np.flatnonzero(np.concatenate(([True], ~again)))
    counts = np.diff(np.append(first, len(who)))
    among = np.flatnonzero(np.repeat(counts > 1, counts))
    cell = np.repeat(np.arange(len(first)), counts)[among]
    moments = np.zeros(len(among)) if times is None else times[among]
    ranked = among[np.lexsort((values[among], moments, cell))]
    kept = first.copy()
    kept[counts > 1] = ranked[np.cumsum(counts[counts > 1]) - 1]
    return kept


def _matrix(who: Ints, what: Ints, values: Ints, shape: tuple[int, int]) -> csr_array:
    starts = np.zeros(shape[0] + 1, dtype=np.int32)
    np.cumsum(np.bincount(who, minlength=shape[0]), out=starts[1:])
    return csr_array((values, what.astype(np.int32), starts), shape=shape)


def _moment(time: float | datetime | None) -> float:
    if time is None:
        return -np.inf
    return time.timestamp() if isinstance(time, datetime) else float(time)
