"""The attack on every table ever released of one population: over time, and across tables.

Somebody keeps every release. They know that answers are never taken out; that a table is counted
anew when ten more have answered, and not before; and that the lines of a table of two questions
are part of the tables of each question alone.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

from goldenthread.safety.release.control.attack import Asked, Attack, Claim, Impossible, Seen
from goldenthread.safety.release.control.profiles import WIDTH, Profile
from goldenthread.safety.release.control.tables import GRAND, Key

ALL: Final = "all"  # the one row of a table of one question
NEW: Final = 10  # people who answer before a table is counted anew
CAP: Final = 100_000  # instead of no limit
ROUNDS: Final = 80  # numbers hidden one by one; beyond them all of it is
LOOKED_AT: Final = 25  # numbers that might be hidden next

Sheets = Mapping[str, "Sheet"]
Full = Collection[tuple[int, str, int]]


@dataclass(frozen=True)
class Sheet:
    """One table as it is shown: of one question (all in one row) or of two.

    `made` is the release in which it was counted; `closed` the one in which only the number of
    people was, because listening was over. `below`: it rests on fewer people than that, so nothing
    is shown. `most`: nearly all gave this answer, all but nine at most. `more`: numbers are hidden
    that the rule would show. `strict` is false of a table from before "ten more" held for all.
    """

    questions: tuple[str, ...]
    cells: Mapping[Key, int | None]
    answered: int | None
    profile: Profile
    made: int
    closed: int = 0
    below: int = 0
    most: Key | None = None
    more: bool = False
    strict: bool = True

    def range_of(self, key: Key) -> tuple[int, int]:
        """Return what is known of one number by itself."""
        shown = self.cells[key]
        if shown is not None:
            return self.profile.range_of(shown)
        if self.below:
            return 0, self.below - 1
        if self.most:
            return 0, CAP if key == self.most else NEW - 1
        return (0, CAP) if self.more or not self.profile.hides_any else self.profile.hidden_range

    def range_of_all(self) -> tuple[int, int]:
        """Return what is known of how many answered."""
        if self.below:
            return 0, self.below - 1
        return (0, CAP) if self.answered is None else self.profile.range_of(self.answered)

    def without(self, key: Key) -> "Sheet":
        """Return it with one number less."""
        if key == GRAND:
            return replace(self, answered=None)
        return replace(self, cells={**self.cells, key: None}, more=True)

    def blank(self) -> "Sheet":
        """Return it with nothing in it."""
        return replace(self, cells=dict.fromkeys(self.cells), answered=None, most=None, more=True)


class Secret(NamedTuple):
    """A number of which little may be known: in which release, table and place."""

    at: int
    name: str
    key: Key


def settle(earlier: Sequence[Sheets], newest: Sheets, full: Full = ()) -> dict[str, Sheet]:
    """Hide more of the newest tables until nothing hidden, old or new, is known to within 5.

    `earlier` are the releases 1, 2, … and `newest` the one after. `full` names (release, table of
    two questions, 0 or 1) where all who answered that question answered both. What was released
    before cannot be taken back: where hiding helps no more, the rest is left as it is.
    """
    done = dict(newest)
    now = len(earlier) + 1
    for group in _groups(newest):
        if any(newest[name].made == now for name in group):
            releases = [{n: each[n] for n in group if n in each} for each in earlier]
            done |= _settle(releases, {name: newest[name] for name in group}, full, now)
    return done


def ranges(releases: Sequence[Sheets], full: Full = ()) -> dict[Secret, tuple[int, int]]:
    """Return what an attacker who keeps everything finds of each hidden number."""
    found = {}
    for group in _groups(releases[-1]):
        known = _Known([{n: each[n] for n in group if n in each} for each in releases], full)
        for secret, asked in known.asked().items():
            if known.is_hidden(secret):
                low, high = known.attack(whole=True).bounds([asked.atom])
                found[secret] = (low, CAP if high is None else high)
    return found


def _settle(earlier: Sequence[Sheets], newest: Sheets, full: Full, now: int) -> dict[str, Sheet]:
    done, seen = dict(newest), Seen()  # hiding more leaves possible all that was
    for _round in range(ROUNDS):
        weak = _Known([*earlier, done], full).weak(seen)
        made = {name: each for name, each in done.items() if each.made == now}
        beside = list(_beside(weak, made)) if weak else []
        if not weak or not beside:
            return done
        hidden = [done | {name: done[name].without(key)} for name, key in beside[:LOOKED_AT]]
        widths = [_Known([*earlier, each], full).width(weak) for each in hidden]
        enough = min(max(widths), WIDTH)
        done = next(each for each, wide in zip(hidden, widths, strict=True) if wide >= enough)
    return {name: each.blank() if each.made == now else each for name, each in done.items()}


def _groups(sheets: Sheets) -> list[list[str]]:
    """Return the tables that share a question, together."""
    groups: list[set[str]] = []
    for sheet in sheets.values():
        near = [each for each in groups if each & set(sheet.questions)]
        groups = [each for each in groups if each not in near]
        groups.append(set(sheet.questions).union(*near))
    return [[n for n, each in sheets.items() if set(each.questions) & group] for group in groups]


def _beside(weak: Secret, made: Sheets) -> Iterator[tuple[str, Key]]:
    """Yield what might be hidden next, nearest first, and of what is as near the smallest.

    The table of two questions gives up its numbers before those of one, and totals come last.
    """
    shown = [
        (name, key) for name, each in made.items() for key, n in each.cells.items() if n is not None
    ]
    nearest = {
        (name, key): (
            len(made[name].questions) == 1,
            not _meet(key, weak.key),
            name != weak.name,
            made[name].cells[key] or 0,
        )
        for name, key in shown
    }
    yield from sorted(nearest, key=nearest.__getitem__)
    yield from ((name, GRAND) for name, each in made.items() if each.answered is not None)


def _meet(one: Key, other: Key) -> bool:
    """Whether two numbers have an answer in common."""
    return bool({one.row, one.column} & {other.row, other.column})


class _Known:
    """Everything shown of tables that hang together, release by release."""

    def __init__(self, releases: Sequence[Sheets], full: Full) -> None:
        self._releases, self._full = releases, full
        self._moments = [
            at
            for at, sheets in enumerate(releases)
            if any(at + 1 in {each.made, each.closed} for each in sheets.values())
        ]
        self._places: dict[tuple[object, ...], int] = {}
        self._claims = [each for at in self._moments for each in self._at(at)]

    def attack(self, *, whole: bool = False) -> Attack:
        """Return what is known, ready to be asked."""
        return Attack(len(self._places), self._claims, whole=whole)

    def weak(self, seen: Seen) -> Secret | None:
        """Return a number of which too much is known: the newest first."""
        asked = self.asked()
        try:
            found = self.attack().narrow(list(asked.values()), seen)
        except Impossible:  # tables from before these rules: nothing to be worked out of them
            return None
        return None if found is None else list(asked)[found]

    def width(self, secret: Secret) -> int:
        """Return how far apart the ends of what is known of a number are."""
        found = self.attack().bounds([self._cell(*secret)])
        return CAP if found.high is None else found.high - found.low

    def is_hidden(self, secret: Secret) -> bool:
        return self._releases[secret.at][secret.name].cells[secret.key] is None

    def asked(self) -> dict[Secret, Asked]:
        """Return what must stay unknown: hidden numbers to within 5, rounded ones exactly."""
        asked = {}
        for at in reversed(self._moments):
            for name, sheet in self._releases[at].items():
                for key, shown in sheet.cells.items() if sheet.made == at + 1 else ():
                    low, high = sheet.range_of(key)
                    width = WIDTH if shown is None else int(high > low)
                    if width and not self._is_nobody(at, sheet, key):
                        asked[Secret(at, name, key)] = Asked(self._cell(at, name, key), width)
        return asked

    def _is_nobody(self, at: int, sheet: Sheet, key: Key) -> bool:
        """Whether an answer is shown as 0 by itself: in a table of two, nobody is known then."""
        for question, answer in zip(sheet.questions, key, strict=True) if key.row != ALL else ():
            alone = self._releases[at].get(question)
            if alone and alone.cells.get(Key(ALL, answer)) == 0:
                return True
        return False

    def _cell(self, at: int, name: str, key: Key) -> int:
        return self._place(at, name, key)

    def _place(self, *name: object) -> int:
        return self._places.setdefault(name, len(self._places))

    def _all(self, at: int, name: str, sheet: Sheet) -> list[int]:
        return [self._cell(at, name, key) for key in sheet.cells]

    def _at(self, at: int) -> Iterator[Claim]:
        for name, sheet in self._releases[at].items():
            whole = self._all(at, name, sheet)
            if sheet.made == at + 1:
                for key in sheet.cells:
                    yield Claim([self._cell(at, name, key)], *sheet.range_of(key))
                if sheet.most:
                    rest = [self._cell(at, name, key) for key in sheet.cells if key != sheet.most]
                    yield Claim(rest, 0, NEW - 1)
            if at + 1 in {sheet.made, sheet.closed}:
                yield Claim(whole, *sheet.range_of_all())
            yield from self._growth(at, name, sheet)
            if len(sheet.questions) > 1:
                yield from self._margins(at, name, sheet)

    def _growth(self, at: int, name: str, sheet: Sheet) -> Iterator[Claim]:
        """Nobody is taken out; ten or more joined a table counted anew, nine at most another."""
        before = [each for each in self._moments if each < at and name in self._releases[each]]
        if not before:
            return
        for key in sheet.cells:
            if key in self._releases[before[-1]][name].cells:
                earlier = self._cell(before[-1], name, key)
                yield Claim([self._cell(at, name, key)], 0, None, minus=[earlier])
        made = [each for each in before if self._releases[each][name].made == each + 1]
        if made and sheet.strict:
            anew = sheet.made == at + 1
            earlier_all = self._all(made[-1], name, self._releases[made[-1]][name])
            low, high = (NEW, None) if anew else (0, NEW - 1)
            yield Claim(self._all(at, name, sheet), low, high, minus=earlier_all)

    def _margins(self, at: int, name: str, sheet: Sheet) -> Iterator[Claim]:
        """A line of two questions is part of the answer to one: the rest left the other out."""
        for side, question in enumerate(sheet.questions):
            alone = self._releases[at].get(question)
            for key in alone.cells if alone else ():
                line = [
                    self._cell(at, name, each) for each in sheet.cells if each[side] == key.column
                ]
                rest = self._place(at, name, side, key.column)
                yield Claim([*line, rest], 0, 0, minus=[self._cell(at, question, key)])
                if (at + 1, name, side) in self._full:
                    yield Claim([rest], 0, 0)
