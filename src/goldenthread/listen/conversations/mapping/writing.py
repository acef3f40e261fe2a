"""Writing a conversation as Polis exports it, so that other tools, and we, can read it again."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Final

from goldenthread.listen.conversations.mapping.files import MATRIX, STATEMENTS, SUMMARY, VOTES
from goldenthread.listen.conversations.mapping.statements import Statement, safe
from goldenthread.listen.conversations.mapping.votes import Votes, by_number

Cell = str | int | None
Row = tuple[str, str, int, int | None]  # participant, statement, vote, milliseconds since 1970

MOMENT: Final = "%a %b %d %H:%M:%S UTC %Y"


def export(
    rows: Iterable[Row],
    statements: Sequence[Statement],
    *,
    groups: Mapping[str, int | None] | None = None,
    summary: Mapping[str, str] | None = None,
) -> dict[str, bytes]:
    """Return the files of an export by name.

    `rows`: every vote, repeats too. `statements`: all, turned down ones too; their counts are made
    here. `groups`: the group of each person. `summary`: more lines for summary.csv. Who may get
    these files is for the caller to decide: they hold each person's votes.
    """
    told = sorted(rows, key=lambda row: (by_number(row[1]), row[3] or 0, by_number(row[0]), row[2]))
    votes = Votes.of(told)
    return {
        VOTES: _votes(told),
        STATEMENTS: _statements(statements, told),
        MATRIX: _matrix(votes, statements, groups or {}),
        SUMMARY: _summary(votes, statements, groups or {}, summary or {}),
    }


def _votes(told: Sequence[Row]) -> bytes:
    return _csv(
        ["timestamp", "datetime", "comment-id", "voter-id", "vote"],
        ([time, _moment(time), statement, person, vote] for person, statement, vote, time in told),
    )


def _statements(statements: Sequence[Statement], told: Sequence[Row]) -> bytes:
    counts = Counter((statement, vote) for _person, statement, vote, _time in told)
    return _csv(
        [
            *("timestamp", "datetime", "comment-id", "author-id"),
            *("agrees", "disagrees", "moderated", "comment-body"),
        ],
        (
            [
                *(each.created, _moment(each.created), each.id, safe(each.author)),
                *(counts[each.id, 1], counts[each.id, -1], each.moderated, safe(each.text)),
            ]
            for each in sorted(statements, key=lambda each: by_number(each.id))
        ),
    )


def _matrix(
    votes: Votes, statements: Sequence[Statement], groups: Mapping[str, int | None]
) -> bytes:
    wrote = Counter(each.author for each in statements)
    matrix = votes.matrix
    lines: list[list[Cell]] = []
    for at, person in enumerate(votes.participants):
        inside = slice(matrix.indptr[at], matrix.indptr[at + 1])
        given = matrix.data[inside].tolist()
        cells: list[Cell] = [None] * len(votes.statements)
        for place, vote in zip(matrix.indices[inside].tolist(), given, strict=True):
            cells[place] = vote
        counts = [wrote[person], len(given), given.count(1), given.count(-1)]
        lines.append([person, groups.get(person), *counts, *cells])
    names = ["participant", "group-id", "n-comments", "n-votes", "n-agree", "n-disagree"]
    return _csv([*names, *votes.statements], lines)


def _summary(
    votes: Votes,
    statements: Sequence[Statement],
    groups: Mapping[str, int | None],
    more: Mapping[str, str],
) -> bytes:
    found = {number for number in groups.values() if number is not None}
    lines: list[list[Cell]] = [
        ["voters", len(votes.participants)],
        ["voters-in-conv", sum(number is not None for number in groups.values())],
        ["commenters", len({each.author for each in statements if each.author})],
        ["comments", len(statements)],
        ["groups", len(found)],
    ]
    return _csv(None, [*([key, safe(value)] for key, value in more.items()), *lines])


def _csv(names: Sequence[Cell] | None, lines: Iterable[Sequence[Cell]]) -> bytes:
    to = io.StringIO(newline="")
    writer = csv.writer(to, lineterminator="\n")
    if names is not None:
        writer.writerow(names)
    writer.writerows(lines)
    return to.getvalue().encode()


def _moment(milliseconds: int | None) -> str:
    if milliseconds is None:
        return ""
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC).strftime(MOMENT)
