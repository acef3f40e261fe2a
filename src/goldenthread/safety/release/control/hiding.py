"""What is hidden: what the rule says, and then more until the attack finds nothing."""

from dataclasses import dataclass

from goldenthread.safety.release.control.attack import Bounds
from goldenthread.safety.release.control.profiles import Profile
from goldenthread.safety.release.control.tables import GRAND, Key, Table
from goldenthread.safety.release.control.views import View

FEW = 9  # a table that cannot be shown at all is of fewer than ten people


@dataclass(frozen=True)
class Protected:
    """A table that may be shown: which numbers are hidden, and why.

    `by_rule` and `beyond` are the hidden ones; `withheld` says that nothing of it is shown.
    """

    table: Table
    profile: Profile
    by_rule: frozenset[Key]
    beyond: frozenset[Key]
    withheld: bool = False

    @property
    def hidden(self) -> frozenset[Key]:
        return self.by_rule | self.beyond

    @property
    def more_hidden(self) -> bool:
        """Whether cells are hidden that the rule alone would show."""
        return any(not key.is_total for key in self.beyond)

    def shown(self, key: Key) -> int | None:
        """Return what is shown of a number."""
        return None if key in self.hidden else self.profile.shown(self.table.count(key))

    def bounds(self) -> dict[Key, Bounds]:
        """Return what the public can find of each hidden number."""
        if self.withheld:
            return {key: Bounds(0, FEW) for key in self.table.numbers() if key in self.hidden}
        view = View(self.table, self.profile, self.hidden)
        return {key: view.bounds(key) for key in self.table.numbers() if key in self.hidden}


def protect(table: Table, profile: Profile, also: frozenset[Key] = frozenset()) -> Protected:
    """Hide what the rule hides, attack, hide more, until no hidden number is known to within 5.

    `also` is hidden from the start, for a reason of its own.

    Where the rule's own range is wide enough, also somebody who knows why each cell is hidden must
    find nothing; only a table too small for that is left to the public's knowledge.
    """
    if profile.is_wide:
        done = _protect(table, profile, also, margin=True)
        if GRAND not in done.beyond or not done.more_hidden:
            return done
    return _protect(table, profile, also, margin=False)


def _protect(table: Table, profile: Profile, also: frozenset[Key], *, margin: bool) -> Protected:
    by_rule = frozenset(key for key in table.numbers() if profile.hides(table.count(key)))
    beyond = set(also - by_rule)
    for side in _sides(table):
        if by_rule & side:
            beyond |= side - by_rule
    while weak := _weak(table, profile, by_rule | beyond, margin=margin):
        more = _neighbour(table, profile, by_rule | beyond, weak)
        if not more:
            rest = frozenset(table.numbers()) - by_rule
            return Protected(table, profile, by_rule, rest, withheld=table.count(GRAND) <= FEW)
        beyond |= more
    return Protected(table, profile, by_rule, frozenset(beyond))


def _weak(table: Table, profile: Profile, hidden: frozenset[Key], *, margin: bool) -> Key | None:
    """Return a number of which an attacker finds too much; none if there is none."""
    views = [View(table, profile, hidden)]
    if margin:
        views.append(View(table, profile, hidden, knows_why=True))
    weak = (key for key in table.numbers() for view in views if view.is_weak(key))
    return next(weak, None)


def _neighbour(table: Table, profile: Profile, hidden: frozenset[Key], key: Key) -> set[Key]:
    """Return what to hide next for the sake of a number: the smallest that stands beside it.

    A profile that hides small counts gives up cells before totals, as is usual; one that only
    rounds gives up totals before cells.
    """
    shown = [each for each in table.numbers() if each not in hidden and each != key]
    cells = [each for each in shown if not each.is_total]
    lines = [each for each in shown if each.is_total and each != GRAND]
    near_cells = [each for each in cells if _meet(each, key)]
    near_lines = [each for each in lines if _meet(each, key)]
    grand = [each for each in shown if each == GRAND]
    if profile.hides_any:
        steps = [near_cells, near_lines, cells, lines, grand]
    else:
        steps = [near_lines, lines, grand, near_cells, cells]
    first = next((step for step in steps if step), None)
    if first is None:
        return set()
    least = min(first, key=table.count)
    return next((set(side) for side in _sides(table) if least in side), {least}) - hidden


def _sides(table: Table) -> list[frozenset[Key]]:
    """Return the totals that are shown all or none: those of all rows, and of all columns."""
    made = [key for key in table.totals() if key not in table.given and key != GRAND]
    rows = frozenset(key for key in made if key.column is None)
    columns = frozenset(key for key in made if key.row is None)
    return [rows, columns]


def _meet(one: Key, other: Key) -> bool:
    """Whether two numbers stand in a common line."""
    return one != other and (
        (one.row is not None and one.row == other.row)
        or (one.column is not None and one.column == other.column)
    )
