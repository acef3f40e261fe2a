"""The attack on everything ever released of one population: figures by name, release by release.

Somebody keeps each release. Where some figures add up to another one, and where nothing is ever
taken away, they know more of the hidden ones than any single release tells.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.safety.release.control.attack import Attack, Bounds, Claim
from goldenthread.safety.release.control.profiles import WIDTH, Profile

Name = tuple[int, str]  # which release, which figure


@dataclass(frozen=True)
class Frozen:
    """One release: the true counts of people by name, and which names are not shown."""

    counts: Mapping[str, int]
    hidden: frozenset[str]


@dataclass(frozen=True)
class Audited:
    """What to hide beyond the rule, and what an attacker then finds of each hidden figure."""

    beyond: frozenset[str]
    ranges: Mapping[str, Bounds]


def audit(
    earlier: Sequence[Frozen],
    counts: Mapping[str, int],
    sums: Mapping[str, Sequence[str]],
    profile: Profile,
) -> Audited:
    """Hide more of the newest figures until no hidden one, old or new, is known to within 5.

    `counts` are the newest; `sums` names the figures that may add up exactly to another one; where
    they do in a release, the attacker is taken to know it. What was
    released before cannot be taken back: where hiding helps no more, the rest is left as it is.
    """
    names = sorted({name for whole, parts in sums.items() for name in (whole, *parts)})
    by_rule = frozenset(name for name in names if profile.hides(counts.get(name, 0)))
    before = [Frozen(each.counts, _unseen(each, names)) for each in earlier]
    beyond: set[str] = set()
    while True:
        newest = Frozen(counts, by_rule | beyond)
        known = _History([*before, newest], names, sums, profile)
        weak = known.weak()
        more = weak and _beside(weak[1], newest, sums)
        if not more:
            return Audited(frozenset(beyond), known.newest())
        beyond.add(more)


def _unseen(release: Frozen, names: Sequence[str]) -> frozenset[str]:
    """Return what a release does not show: what it hides, and what was not yet counted then."""
    return release.hidden | {name for name in names if name not in release.counts}


def _beside(name: str, newest: Frozen, sums: Mapping[str, Sequence[str]]) -> str | None:
    """Return the smallest figure shown in a sum with this one: a part rather than the whole."""
    groups = [(whole, parts) for whole, parts in sums.items() if name in {whole, *parts}]
    parts = [part for _, found in groups for part in found if part not in newest.hidden]
    wholes = [whole for whole, _ in groups if whole not in newest.hidden]
    shown = parts or wholes
    return min(shown, key=lambda each: (newest.counts.get(each, 0), each)) if shown else None


class _History:
    """Every release as an attacker keeps them."""

    def __init__(
        self,
        releases: Sequence[Frozen],
        names: Sequence[str],
        sums: Mapping[str, Sequence[str]],
        profile: Profile,
    ) -> None:
        self._releases, self._names, self._profile = releases, names, profile
        every = [(at, name) for at in range(len(releases)) for name in names]
        self._places = {name: place for place, name in enumerate(every)}
        self._attack = Attack(len(every), [*self._single(), *self._sums(sums), *self._growth()])

    def weak(self) -> Name | None:
        """Return a figure of which too much is known: the newest first."""
        for at, name in sorted(self._places, reverse=True):
            low, high = self._own(at, name)
            wide = WIDTH if name in self._releases[at].hidden else int(high != low)
            if wide and not self._attack.bounds([self._places[at, name]]).wide(wide):
                return at, name
        return None

    def newest(self) -> dict[str, Bounds]:
        """Return what is known of each hidden figure of the newest release."""
        last = len(self._releases) - 1
        hidden = [name for name in self._names if name in self._releases[last].hidden]
        return {name: self._attack.bounds([self._places[last, name]]) for name in hidden}

    def _own(self, at: int, name: str) -> tuple[int, int | None]:
        release = self._releases[at]
        count = release.counts.get(name, 0)
        if name not in release.counts and name not in release.hidden:
            return 0, 0  # there was no such figure yet, and everybody knows that it was none
        if name not in release.hidden:
            return self._profile.range_of(self._profile.shown(count) or 0)
        return self._profile.hidden_range if self._profile.hides(count) else (0, None)

    def _single(self) -> Iterator[Claim]:
        for (at, name), place in self._places.items():
            yield Claim([place], *self._own(at, name))

    def _sums(self, sums: Mapping[str, Sequence[str]]) -> Iterator[Claim]:
        for at in range(len(self._releases)):
            counts = self._releases[at].counts
            for whole, parts in sums.items():
                if sum(counts.get(part, 0) for part in parts) != counts.get(whole, 0):
                    continue
                added = [self._places[at, part] for part in parts]
                yield Claim(added, 0, 0, minus=[self._places[at, whole]])

    def _growth(self) -> Iterator[Claim]:
        """Whoever guesses that nobody took anything back is right where that is so."""
        for at, (before, after) in enumerate(zip(self._releases, self._releases[1:], strict=False)):
            for name in self._names:
                if before.counts.get(name, 0) <= after.counts.get(name, 0):
                    later = [self._places[at + 1, name]]
                    yield Claim(later, 0, None, minus=[self._places[at, name]])
