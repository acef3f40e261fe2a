"""Votes one by one, as votes.csv has them, and what the files say of people."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from goldenthread.kit.marking import marked
from goldenthread.listen.conversations.mapping import plain
from goldenthread.listen.conversations.mapping.statements import as_said
from goldenthread.listen.conversations.mapping.tables import FileFault, Table, vote, whole
from goldenthread.listen.conversations.mapping.votes import Votes

NO_TIME: Final = marked("“%(value)s” is not a time.")
Ints = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Gathered:
    """Votes as a file wrote them: places of people and statements in two lists, and the times."""

    people: list[str]
    statements: list[str]
    who: Ints
    what: Ints
    written: Ints
    times: npt.NDArray[np.float64] | None = None

    def votes(self, sign: int, also: Sequence[str] = ()) -> Votes:
        """Return the votes with agree +1; `also` are people who may have none."""
        more = set(also).difference(self.people)
        people = [*self.people, *(name for name in also if name in more)]
        signed = (self.written * sign).astype(np.int8)
        return Votes.of_arrays(
            people,
            self.statements,
            who=self.who,
            what=self.what,
            votes=signed,
            times=self.times,
        )

    def of_people(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        """Return how many different 1 and -1 each of these people gave, the latest counting."""
        votes = self.votes(1)
        return _of(votes.participants, names, votes.who()[votes.matrix.data != 0], _signs(votes))

    def of_statements(self, names: Sequence[str]) -> tuple[Ints, Ints]:
        """Return how many 1 and -1 each of these statements got, repeats too."""
        voted = self.written != 0
        return _of(self.statements, names, self.what[voted], self.written[voted])


@dataclass(frozen=True)
class Evidence:
    """What participants-votes.csv says of people besides their votes."""

    people: list[str]
    agrees: Ints
    disagrees: Ints
    recorded: dict[str, int | None]

    def counts(self) -> Ints:
        """Return agrees and disagrees, shape people x 2."""
        return np.stack([self.agrees, self.disagrees], axis=1)


def read(table: Table) -> Gathered:
    """Read a votes.csv. Raises FileFault."""
    places = [
        table.need("voter-id", "pid", "participant", "participant-id"),
        table.need("comment-id", "tid", "statement-id", "statement"),
        table.need("vote"),
    ]
    time = table.find("timestamp", "created", "modified", "time")
    wanted = places if time is None else [*places, time]
    found = plain.columns(table, wanted)
    if found is not None and (not len(found[2]) or np.abs(found[2]).max() <= 1):
        people, who = plain.different(found[0])
        statements, what = plain.different(found[1])
        times = found[3].astype(np.float64) if time is not None else None
        names = [[str(number) for number in many.tolist()] for many in (people, statements)]
        return Gathered(names[0], names[1], who, what, found[2], times)
    return _one_by_one(table, places, time)


def summary(data: bytes) -> dict[str, str]:
    """Return the lines “key,value” of a summary.csv; values may hold line breaks."""
    text = data.decode("utf-8-sig", errors="replace")
    try:
        lines = list(csv.reader(io.StringIO(text, newline="")))
    except csv.Error:
        return {}
    return {line[0].strip(): as_said(",".join(line[1:])) for line in lines if any(line[:1])}


def _one_by_one(table: Table, places: Sequence[int], time: int | None) -> Gathered:
    people: dict[str, int] = {}
    statements: dict[str, int] = {}
    who, what, votes, times = [], [], [], []
    voter, statement, said = places
    for line, row in table.rows():
        person, on = row[voter].strip(), row[statement].strip()
        if not person or not on:
            raise FileFault(table.file, marked("It is not said who voted, or on what."), line)
        who.append(people.setdefault(person, len(people)))
        what.append(statements.setdefault(on, len(statements)))
        votes.append(vote(table, line, row[said]))
        moment = "" if time is None else row[time].strip()
        times.append(float(whole(table, line, moment, NO_TIME)) if moment else -np.inf)
    return Gathered(
        list(people),
        list(statements),
        np.array(who, dtype=np.int64),
        np.array(what, dtype=np.int64),
        np.array(votes, dtype=np.int64),
        np.array(times, dtype=np.float64),
    )


def _signs(votes: Votes) -> Ints:
    data: Ints = votes.matrix.data[votes.matrix.data != 0]
    return data


def _of(known: Sequence[str], names: Sequence[str], at: Ints, signs: Ints) -> tuple[Ints, Ints]:
    """Count 1 and -1 at each of `names`; who is not known has none."""
    place = {name: number for number, name in enumerate(known)}
    ones, minus_ones = (
        np.append(np.bincount(at[signs == sign], minlength=len(known)), 0) for sign in (1, -1)
    )
    order = np.array([place.get(name, len(known)) for name in names], dtype=np.int64)
    return ones[order], minus_ones[order]
