"""What different attackers know of a table in which some numbers are hidden."""

from collections.abc import Collection

from goldenthread.safety.release.control.attack import Attack, Bounds, Claim, Impossible
from goldenthread.safety.release.control.profiles import WIDTH, Profile
from goldenthread.safety.release.control.tables import GRAND, Key, Table


class View:
    """A table as an attacker sees it.

    The public sees what is shown, rounded; knows the rule; and is told whether cells, or given
    totals, were hidden beyond it, but not which. Totals that were added up here are shown for all
    rows or for none, so that a missing one says nothing. With `knows_why` the attacker also knows
    of each hidden cell whether the rule or the audit hid it: more than is public, as a margin.
    """

    def __init__(
        self, table: Table, profile: Profile, hidden: Collection[Key], *, knows_why: bool = False
    ) -> None:
        self.table, self.profile, self.hidden = table, profile, frozenset(hidden)
        self._knows_why = knows_why
        self._beyond = {
            kind: any(key.is_total == kind and not self._by_rule(key) for key in self._named())
            for kind in (False, True)
        }
        self._places = {cell: place for place, cell in enumerate(table.counts)}
        self._published = table.numbers()
        claims = [self._claim(key) for key in self._published]
        self._attack = Attack(len(table.counts), claims)

    def bounds(self, key: Key) -> Bounds:
        """Return the least and the greatest value this attacker finds for a number."""
        atoms = self._atoms(key)
        free = self._attack.bounds(atoms)
        if key in self.hidden and self._beyond[key.is_total] and self.profile.hides_any:
            return self._with_company(key, free)
        return free

    def is_weak(self, key: Key) -> bool:
        """Whether too much is known of a number: a hidden one nearly, or a rounded one exactly."""
        if key in self.hidden:
            secret = not key.is_total or key in self.table.given
            return secret and not self.bounds(key).wide(WIDTH)
        low, high = self._own(key)
        return high != low and not self.bounds(key).wide(1)

    def _with_company(self, key: Key, free: Bounds) -> Bounds:
        """Bound a number, knowing that something of its kind is hidden by the rule itself."""
        found: Bounds | None = None
        low, high = self.profile.hidden_range
        for other in self._published:
            if other not in self.hidden or other.is_total != key.is_total:
                continue
            try:
                given = Claim(self._atoms(other), low, high)
                one = self._attack.bounds(self._atoms(key), given)
            except Impossible:
                continue
            found = one if found is None else found.joined(one)
            if found == free:
                break
        return found or free

    def _named(self) -> list[Key]:
        """Return the hidden numbers of which it is public that they are hidden one by one."""
        return [
            key
            for key in self.hidden
            if not key.is_total or key == GRAND or key in self.table.given
        ]

    def _by_rule(self, key: Key) -> bool:
        return self.profile.hides(self.table.count(key))

    def _atoms(self, key: Key) -> list[int]:
        return [self._places[cell] for cell in self.table.parts(key)]

    def _claim(self, key: Key) -> Claim:
        low, high = self._own(key)
        return Claim(self._atoms(key), low, high)

    def _own(self, key: Key) -> tuple[int, int | None]:
        """Return what is known of a number by itself."""
        if key not in self.hidden:
            return self.profile.range_of(self.profile.shown(self.table.count(key)) or 0)
        if key.is_total and key != GRAND and key not in self.table.given:
            return 0, None
        beyond = self._beyond[key.is_total]
        if self._knows_why and not key.is_total:
            beyond = not self._by_rule(key)
        return (0, None) if beyond else self.profile.hidden_range
