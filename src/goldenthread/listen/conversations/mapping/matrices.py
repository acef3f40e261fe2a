"""Votes as a matrix, as participants-votes.csv has them: people in rows, statements in columns."""

from typing import Final

import numpy as np

from goldenthread.kit.marking import marked
from goldenthread.listen.conversations.mapping import plain
from goldenthread.listen.conversations.mapping.rows import Evidence, Gathered
from goldenthread.listen.conversations.mapping.tables import FileFault, Table, vote, whole

ABOUT_PEOPLE: Final = {
    "participant",
    "participant-id",
    "xid",
    "group-id",
    "n-comments",
    "n-votes",
    "n-agree",
    "n-disagree",
    "n-pass",
}
NOT_A_GROUP: Final = marked("“%(value)s” is not a group.")
NO_NUMBER: Final = marked("“%(value)s” is not a number of “%(name)s”.")
TWICE: Final = marked("Participant “%(name)s” stands here a second time.")
ABOUT: Final = ("group-id", "n-agree", "n-disagree")


def read(table: Table) -> tuple[Gathered, Evidence]:
    """Read a participants-votes.csv: the votes, and what it says of people. Raises FileFault."""
    person = table.need("participant", "participant-id")
    places = [at for at, name in enumerate(table.names) if name not in ABOUT_PEOPLE]
    about = [table.find(name) for name in ABOUT]
    named = [person, *(at for at in about if at is not None)]
    found = plain.matrix(table, named, places) or _one_by_one(table, named, places)
    words, who, what, written = found
    people = [name.strip() for name in words[0]]
    _different(table, people)
    told = {
        ABOUT[at]: column
        for at, column in zip(
            (at for at, place in enumerate(about) if place is not None), words[1:], strict=True
        )
    }
    seen = np.unique(what)
    new_place = np.zeros(len(places), dtype=np.int64)
    new_place[seen] = np.arange(len(seen))
    statements = [table.head[places[at]] for at in seen.tolist()]
    return (
        Gathered(people, statements, who, new_place[what], written),
        _evidence(table, people, told),
    )


def _one_by_one(
    table: Table, named: list[int], places: list[int]
) -> tuple[list[list[str]], plain.Ints, plain.Ints, plain.Ints]:
    words: list[list[str]] = [[] for _name in named]
    cells = []
    for number, (line, row) in enumerate(table.rows()):
        for at, column in zip(named, words, strict=True):
            column.append(row[at].strip())
        cells += [
            (number, column, vote(table, line, row[at]))
            for column, at in enumerate(places)
            if row[at].strip()
        ]
    filled = np.array(cells, dtype=np.int64).reshape(-1, 3)
    return words, filled[:, 0], filled[:, 1], filled[:, 2]


def _evidence(table: Table, people: list[str], told: dict[str, list[str]]) -> Evidence:
    def numbers(name: str) -> plain.Ints:
        column = told.get(name, [""] * len(people))
        found = [
            whole(table, at, text.strip() or "0", NO_NUMBER, name=name)
            for at, text in enumerate(column, 2)
        ]
        return np.array(found, dtype=np.int64)

    groups = told.get("group-id", [""] * len(people))
    recorded = {
        name: whole(table, at, text, NOT_A_GROUP) if text.strip() else None
        for at, (name, text) in enumerate(zip(people, groups, strict=True), 2)
    }
    return Evidence(people, numbers("n-agree"), numbers("n-disagree"), recorded)


def _different(table: Table, people: list[str]) -> None:
    if len(set(people)) == len(people) and "" not in people:
        return
    seen: set[str] = set()
    for at, name in enumerate(people, 2):
        if not name:
            raise FileFault(table.file, marked("It is not said who this is."), at)
        if name in seen:
            raise FileFault(table.file, TWICE, at, name=name)
        seen.add(name)
