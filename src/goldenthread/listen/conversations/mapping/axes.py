"""The two directions in which people differ most, and where each person stands on them.

Principal components of the votes with what was not seen filled by the statement's mean. Centred,
the filled cells are 0, so the matrix stays sparse. The map is a function of the votes alone: fixed
start, fixed sign, one BLAS thread. Source: Small, Bjorkegren, Erkkilä, Shaw, Megill, Polis: scaling
deliberation by mapping high dimensional opinion spaces, Recerca 26(2), 2021.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, ParamSpec, TypeVar

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.linalg import ArpackError, LinearOperator, eigsh
from threadpoolctl import ThreadpoolController

from goldenthread.listen.conversations.mapping.votes import Votes

Floats = npt.NDArray[np.float64]

SMALL: Final = 200  # rows or columns up to which all directions are computed at once
NOTHING: Final = 1e-12  # of the greatest: a direction in which nobody differs
DIGITS: Final = 9  # kept of positions and directions

P = ParamSpec("P")
R = TypeVar("R")


def on_one_thread(act: Callable[P, R]) -> Callable[P, R]:
    """Run with one BLAS thread, so that sums come in the same order on every machine."""

    def single(*given: P.args, **named: P.kwargs) -> R:
        with _pools().limit(limits=1, user_api="blas"):
            return act(*given, **named)

    return single


@cache
def _pools() -> Any:
    return ThreadpoolController()


@dataclass(frozen=True)
class Centred:
    """Votes less the mean vote on their statement: what was not seen is 0, as if filled by it.

    `matrix`: people x statements. `means`: of each statement among those who saw it, 0 if nobody.
    `counts`: statements that each person voted on.
    """

    matrix: csr_array
    means: Floats
    counts: npt.NDArray[np.integer[Any]]

    @classmethod
    def of(cls, votes: Votes) -> "Centred":
        """Centre votes."""
        many, matrix = len(votes.statements), votes.matrix
        seen = np.bincount(matrix.indices, minlength=many)
        data = matrix.data.astype(np.float64)
        total = np.bincount(matrix.indices, weights=data, minlength=many)
        means = total / np.maximum(seen, 1)
        data -= means[matrix.indices]
        sparse = csr_array((data, matrix.indices, matrix.indptr), shape=matrix.shape)
        return cls(sparse, means, votes.counts())


def directions(centred: Centred) -> Floats:
    """Return two unit vectors over statements, shape 2 x statements; zeros where none is left."""
    matrix = centred.matrix
    found = np.zeros((2, matrix.shape[1]))
    if not matrix.nnz:
        return found
    strengths, sides = _leading(matrix)
    for place, (strength, side) in enumerate(zip(strengths, sides.T, strict=True)):
        if strength > max(strengths[0], 1.0) * NOTHING:
            along = matrix.T @ side if matrix.shape[0] < matrix.shape[1] else side
            found[place] = _signed(along / np.sqrt(along @ along))
    return found


def positions(centred: Centred, axes: Floats, zeroed: int = 0) -> Floats:
    """Return where each person stands, shape people x 2; who has no votes is in the middle.

    Scaled by the root of statements over own votes: who voted on little is not drawn to the middle.
    `zeroed` statements more count as voted on by everybody, as Polis scales after turning down
    statements.
    """
    own = np.maximum(centred.counts + zeroed, 1)
    reach = np.sqrt((centred.matrix.shape[1] + zeroed) / own)
    placed: Floats = np.round((centred.matrix @ axes.T) * reach[:, None], DIGITS) + 0.0
    return placed


def separation(centred: Centred, axes: Floats) -> Floats:
    """Return how far one vote on each statement alone would move a person from the middle.

    Polis calls it extremity: root of statements x distance of the vote from the mean x length of
    the statement's part in the two directions. Of agreeing and disagreeing the farther counts.
    """
    farther = 1 + np.abs(centred.means)
    far: Floats = np.sqrt(len(centred.means)) * farther * np.hypot(axes[0], axes[1])
    return far


def _leading(centred: csr_array) -> tuple[Floats, Floats]:
    """Return the two greatest eigenvalues of the smaller Gram matrix, with their vectors."""
    people, statements = centred.shape
    least = min(people, statements)
    across = centred.T.tocsr() if people < statements else centred
    back = across.T
    if least > SMALL:
        try:
            return _by_lanczos(across, back, least)
        except ArpackError:  # no two directions stand out: compute them all
            pass
    values, vectors = np.linalg.eigh((back @ across).toarray())
    return values[::-1][:2], vectors[:, ::-1][:, :2]


def _by_lanczos(across: csr_array, back: csr_array, least: int) -> tuple[Floats, Floats]:
    def gram(vector: Floats) -> Floats:
        product: Floats = back @ (across @ vector)
        return product

    start = np.sqrt(np.bincount(across.indices, weights=across.data**2, minlength=least))
    operator = LinearOperator((least, least), matvec=gram, dtype=np.float64)
    values, vectors = eigsh(operator, k=2, v0=start + 1 / np.arange(1, least + 1), tol=0)
    order = np.argsort(-values, kind="stable")
    return values[order], vectors[:, order]


def _signed(direction: Floats) -> Floats:
    """Turn a direction so that its greatest part is positive (of equal ones the first)."""
    size = np.abs(direction)
    first = int(np.argmax(size >= size.max() * (1 - 1e-9)))
    return direction if direction[first] > 0 else -direction
