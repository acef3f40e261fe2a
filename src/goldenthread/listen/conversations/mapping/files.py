"""Reading what Polis exports: a folder, a participants-votes.csv alone, or a votes.csv alone.

Exports write agree as 1, a Polis database writes it as -1: which it is here is found from the
counts that the files carry, and said. Repeated votes: the latest counts. Statements that were
turned down (moderated -1) are left out. Newer exports have an xid column; older ones do not.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np

from goldenthread.kit.marking import marked
from goldenthread.listen.conversations.mapping import matrices, rows
from goldenthread.listen.conversations.mapping.rows import Evidence, Gathered
from goldenthread.listen.conversations.mapping.statements import Statement, read_statements
from goldenthread.listen.conversations.mapping.tables import FileFault, Table, table, whole
from goldenthread.listen.conversations.mapping.votes import Votes

VOTES: Final = "votes.csv"
MATRIX: Final = "participants-votes.csv"
CALLED: Final = {"votes": VOTES, "matrix": MATRIX}  # in what is said of them
STATEMENTS: Final = "comments.csv"
SUMMARY: Final = "summary.csv"
NAMES: Final = (VOTES, MATRIX, STATEMENTS, SUMMARY)
# Newer Polis writes "2026-01-31-1200-3abc-participant-votes.csv": what counts is how a name ends.
ENDINGS: Final = (
    ("participants-votes.csv", MATRIX),
    ("participant-votes.csv", MATRIX),
    ("votes.csv", VOTES),
    ("comments.csv", STATEMENTS),
    ("summary.csv", SUMMARY),
)
SIGNS: Final = (1, -1)
NO_GROUP: Final = ("", "null", "none", "nan")


@dataclass(frozen=True)
class Reading:
    """What files say.

    `votes`: without statements that were turned down, agree +1 whatever the file wrote.
    `turned_down`: their ids, if they had votes. `recorded`: the group that was recorded for each
    person, if any. `sign`: what stood for agree; `sign_from`: "asked", a file that proved it, or
    "assumed" (exports write 1). `read`: names of the files that were used.
    """

    votes: Votes
    turned_down: tuple[str, ...]
    statements: tuple[Statement, ...]
    recorded: dict[str, int | None]
    summary: dict[str, str]
    sign: int
    sign_from: str
    read: tuple[str, ...] = field(default=())


def read(path: Path, *, sign: int | None = None) -> Reading:
    """Read a folder or one file. `sign`: what stands for agree, 1 or -1, instead of finding out.

    Raises FileFault, in words for people.
    """
    if not path.is_dir():
        if not path.exists():
            raise FileFault(path.name, marked("There is no such file or folder."))
        return read_files({path.name: path.read_bytes()}, sign=sign)
    there = known(each.name for each in path.iterdir() if each.is_file())
    found = {ours: (path / name).read_bytes() for ours, name in there.items()}
    if not found.keys() & {VOTES, MATRIX}:
        text = marked("There is no %(votes)s and no %(matrix)s in this folder.")
        raise FileFault(path.name, text, None, **CALLED)
    return read_files(found, sign=sign)


def known(names: Iterable[str]) -> dict[str, str]:
    """Return under which name of `NAMES` each file of an export goes: {ours: theirs}.

    Raises FileFault where two files would be the same one.
    """
    found: dict[str, str] = {}
    for name in sorted(names):
        ours = next((ours for end, ours in ENDINGS if name.lower().endswith(end)), "")
        if ours in found:
            text = marked("There is another %(ours)s beside it. Leave one export alone.")
            raise FileFault(name, text, ours=ours)
        if ours:
            found[ours] = name
    return found


def read_files(files: Mapping[str, bytes], *, sign: int | None = None) -> Reading:
    """Read files given by name; one file alone may have any name. Raises FileFault."""
    if sign is not None and sign not in SIGNS:
        raise ValueError("What stands for agree is 1 or -1.")
    tables = _tables(files)
    gathered, evidence = _gather(tables)
    statements = read_statements(tables[STATEMENTS]) if STATEMENTS in tables else ()
    found, found_from = (sign, "asked") if sign else _sign(gathered, evidence, statements)
    votes = gathered.votes(found, evidence.people if evidence else ())
    down = {each.id for each in statements if each.moderated < 0}.intersection(votes.statements)
    return Reading(
        votes.without(down),
        tuple(name for name in votes.statements if name in down),
        statements,
        dict(evidence.recorded) if evidence else {},
        rows.summary(files[SUMMARY]) if SUMMARY in files else {},
        found,
        found_from,
        tuple(name for name in NAMES if name in files) or tuple(files),
    )


def read_groups(path: Path) -> dict[str, int | None]:
    """Read a file with the columns participant and group: whole numbers, or nothing for no group.

    Raises FileFault.
    """
    if not path.is_file():
        raise FileFault(path.name, marked("There is no such file."))
    lines = table(path.name, path.read_bytes())
    person = lines.need("participant", "participant-id", "voter-id")
    group = lines.need("group", "group-id")
    found: dict[str, int | None] = {}
    for line, row in lines.rows():
        name, said = row[person].strip(), row[group].strip()
        if name in found:
            raise FileFault(lines.file, matrices.TWICE, line, name=name)
        number = (
            None if said.lower() in NO_GROUP else whole(lines, line, said, matrices.NOT_A_GROUP)
        )
        if number is not None and number < 0:
            raise FileFault(lines.file, marked("A group has a number of 0 or more."), line)
        found[name] = number
    return found


def _tables(files: Mapping[str, bytes]) -> dict[str, Table]:
    tables = {name: table(name, data) for name, data in files.items() if name != SUMMARY}
    if len(tables) == 1:
        (only,) = tables.values()
        return {_kind(only): only}
    return tables


def _kind(only: Table) -> str:
    """Say which file of an export this is, from the names of its columns."""
    if only.find("vote") is not None:
        return VOTES
    if only.find("participant", "participant-id") is not None:
        return MATRIX
    text = marked("This is neither a %(votes)s nor a %(matrix)s: the names of columns do not fit.")
    raise FileFault(only.file, text, 1, **CALLED)


def _gather(tables: Mapping[str, Table]) -> tuple[Gathered, Evidence | None]:
    """Return the votes as written, and what the matrix says of people."""
    matrix = matrices.read(tables[MATRIX]) if MATRIX in tables else None
    if VOTES in tables:
        return rows.read(tables[VOTES]), matrix[1] if matrix else None
    if matrix is None:
        text = marked("There is no %(votes)s and no %(matrix)s beside it.")
        raise FileFault(next(iter(tables)), text, None, **CALLED)
    return matrix


def _sign(
    gathered: Gathered, evidence: Evidence | None, statements: tuple[Statement, ...]
) -> tuple[int, str]:
    """Find out what stands for agree: under which sign the counts in the files are nearer."""
    if evidence and (sign := _nearer(*gathered.of_people(evidence.people), evidence.counts())):
        return sign, MATRIX
    known = [each for each in statements if each.agrees is not None and each.disagrees is not None]
    if known:
        told = np.array([[each.agrees, each.disagrees] for each in known], dtype=np.int64)
        if sign := _nearer(*gathered.of_statements([each.id for each in known]), told):
            return sign, STATEMENTS
    return 1, "assumed"


def _nearer(ones: rows.Ints, minus_ones: rows.Ints, told: rows.Ints) -> int:
    """Return 1 if ones are the agrees that were told, -1 if the disagrees, 0 if it cannot be said.

    `told`: agrees and disagrees, shape n x 2.
    """
    agrees, disagrees = told.T
    straight = int((np.abs(ones - agrees) + np.abs(minus_ones - disagrees)).sum())
    turned = int((np.abs(ones - disagrees) + np.abs(minus_ones - agrees)).sum())
    return (straight < turned) - (turned < straight)
