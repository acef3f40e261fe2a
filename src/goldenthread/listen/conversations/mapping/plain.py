"""Large files of plain numbers, read as arrays: some fifty times as fast as row by row.

Whatever is unusual (a quotation mark, a word, a ragged line, a number written oddly) makes these
give up with None; then the file is read row by row, which says what is wrong and where.
"""

from collections.abc import Iterator, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.listen.conversations.mapping.tables import Table

Bytes = npt.NDArray[np.uint8]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

PIECE: Final = 4_000_000  # bytes read at once
DIGITS: Final = 15  # at most, so that a moment is exact as a float too
NEWLINE: Final = ord("\n")
ZERO: Final = ord("0")
MINUS: Final = ord("-")
FALLEN: Final = 10  # of a digit: what is greater is none


def columns(table: Table, places: Sequence[int]) -> list[Ints] | None:
    """Return some columns of whole numbers, or None."""
    found: list[list[Ints]] = [[] for _place in places]
    for piece in _pieces(table):
        if piece is None:
            return None
        text, starts, ends = piece
        for place, many in zip(places, found, strict=True):
            numbers = _numbers(text, starts[:, place], ends[:, place])
            if numbers is None:
                return None
            many.append(numbers)
    return [np.concatenate(many) if many else np.zeros(0, dtype=np.int64) for many in found]


def matrix(
    table: Table, named: Sequence[int], places: Sequence[int]
) -> tuple[list[list[str]], Ints, Ints, Ints] | None:
    """Return the columns `named` as text, and of the columns `places` what is not empty.

    As row, place in `places`, and vote of each filled cell. None if a cell holds anything but 1, 0,
    -1 or nothing.
    """
    words: list[list[str]] = [[] for _name in named]
    cells: list[tuple[Ints, Ints, Ints]] = []
    done = 0
    wanted = np.array(places, dtype=np.int64)
    for piece in _pieces(table):
        if piece is None:
            return None
        text, starts, ends = piece
        raw = text.tobytes()
        for at, many in zip(named, words, strict=True):
            spans = zip(starts[:, at].tolist(), ends[:, at].tolist(), strict=True)
            many.extend(raw[start:end].decode() for start, end in spans)
        filled = _cells(text, starts[:, wanted], ends[:, wanted])
        if filled is None:
            return None
        cells.append((filled[0] + done, filled[1], filled[2]))
        done += len(starts)
    if not cells:
        return None
    rows, columns_, votes = (np.concatenate(each) for each in zip(*cells, strict=True))
    return words, rows, columns_, votes


def _pieces(table: Table) -> Iterator[tuple[Bytes, Ints, Ints] | None]:
    """Yield pieces of the file: bytes, and where each cell starts and ends (rows x columns)."""
    data, width = table.data, len(table.names)
    if b'"' in data:
        yield None
        return
    at = data.find(b"\n") + 1
    while at and at < len(data):
        end = data.find(b"\n", at + PIECE) + 1 or len(data)
        piece = data[at:end]
        yield _split(piece if piece.endswith(b"\n") else piece + b"\n", table.delimiter, width)
        at = end


def _split(piece: bytes, delimiter: str, width: int) -> tuple[Bytes, Ints, Ints] | None:
    text = np.frombuffer(piece, dtype=np.uint8)
    marks = np.flatnonzero((text == ord(delimiter)) | (text == NEWLINE))
    if len(marks) % width:
        return None
    ends = marks.reshape(-1, width)
    is_end = text[ends] == NEWLINE
    if not is_end[:, -1].all() or is_end[:, :-1].any():
        return None
    starts = np.concatenate(([0], marks[:-1] + 1)).reshape(-1, width)
    return text, starts, ends


def _numbers(text: Bytes, starts: Ints, ends: Ints) -> Ints | None:
    """Return whole numbers written as they are usually: no spaces, no leading zeros."""
    if not len(starts):
        return np.zeros(0, dtype=np.int64)
    below: Bools = text[starts] == MINUS
    starts = starts + below
    length = ends - starts
    longest = int(length.max())
    odd = (text[starts] == ZERO) & ((length > 1) | below)
    if length.min() < 1 or longest > DIGITS or odd.any():
        return None
    numbers = np.empty(len(starts), dtype=np.int64)
    for size in range(1, longest + 1):
        these = np.flatnonzero(length == size)
        value = _of_digits(text, starts[these], size)
        if value is None:
            return None
        numbers[these] = value
    return np.where(below, -numbers, numbers)


def _of_digits(text: Bytes, starts: Ints, size: int) -> Ints | None:
    value = np.zeros(len(starts), dtype=np.int64)
    for place in range(size):
        digit = text[starts + place] - np.uint8(ZERO)
        if digit.size and digit.max() >= FALLEN:
            return None
        value *= 10
        value += digit
    return value


def _cells(text: Bytes, starts: Ints, ends: Ints) -> tuple[Ints, Ints, Ints] | None:
    length = ends - starts
    rows, columns_ = np.nonzero(length)
    numbers = _numbers(text, starts[rows, columns_], ends[rows, columns_])
    if numbers is None or (np.abs(numbers) > 1).any():
        return None
    return rows.astype(np.int64), columns_.astype(np.int64), numbers


def different(numbers: Ints) -> tuple[Ints, npt.NDArray[np.integer[Any]]]:
    """Return the different numbers in order, and for each number its place among them."""
    least, most = (int(numbers.min()), int(numbers.max())) if len(numbers) else (0, -1)
    if most - least > max(len(numbers), 1_000_000):
        return np.unique(numbers, return_inverse=True)
    there = np.zeros(most - least + 1, dtype=bool)
    there[numbers - least] = True
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    return np.flatnonzero(there) + least, place[numbers - least]
