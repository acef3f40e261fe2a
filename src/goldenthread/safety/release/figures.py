"""What is told of each figure: it changes when ten more people are in it, and gives none away."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.projects.models import Project
from goldenthread.safety.release import registry
from goldenthread.safety.release.control.history import Audited, Frozen, audit
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES
from goldenthread.safety.release.models import Release

OURS = PROFILES[DEFAULT]
Shown = dict[str, int | None]


@dataclass(frozen=True)
class Told:
    """What a release shows of each figure, the exact counts beneath, and what the audit found.

    `veiled` are figures that are not shown for one of two reasons; which of them is not told.
    """

    shown: Shown
    bases: dict[str, int]
    people: dict[str, int]  # behind each median
    audited: Audited
    veiled: set[str]


def counts_of(project: Project) -> dict[str, int]:
    """Count everything that is counted, for the whole project and by part."""
    return registry.wholes_of(project) | registry.parts_of(project)


def told(project: Project, counts: Mapping[str, int], earlier: Sequence[Release]) -> Told:
    """Return what may be told now, and keep as it was what fewer than ten people have changed."""
    last = earlier[-1] if earlier else None
    sums = registry.sums_of(counts)
    summed = {name for whole, parts in sums.items() for name in (whole, *parts)}
    kept = set(_kept(project, counts, sums, last)) if last else set()
    bases = {name: _base(last, name) if name in kept else n for name, n in counts.items()}
    before = [
        Frozen(each.bases, frozenset(n for n, shown in each.figures.items() if shown is None))
        for each in earlier
    ]
    audited = audit(before, bases, sums, OURS)
    shown: Shown = {
        name: None if name in audited.beyond else in_fives(number) for name, number in bases.items()
    }
    if last:
        shown |= {name: last.figures[name] for name in kept - summed if name in last.figures}
    middles, people = _medians(project, last)
    return Told(shown | middles, bases, people, audited, _veiled(shown, audited, sums))


def _base(last: Release | None, name: str) -> int:
    return int(last.bases[name]) if last and name in last.bases else 0


def _kept(
    project: Project,
    counts: Mapping[str, int],
    sums: Mapping[str, Sequence[str]],
    last: Release,
) -> Iterator[str]:
    """Yield the figures that stay: nine people at most came or went.

    What adds up stays or changes together. Once the project has closed, the other figures are
    told a last time: there will be no newcomer to compare them with.
    """
    tops = registry.tops_of(sums)
    for name, count in counts.items():
        top = tops.get(name, name)
        now, before = counts.get(top, count), last.bases.get(top)
        is_last = project.closed_on is not None and name not in tops
        if before is None or name not in last.bases or is_last:
            continue
        if min(now, before) >= SMALLEST and abs(now - before) < SMALLEST:
            yield name


def _medians(project: Project, last: Release | None) -> tuple[Shown, dict[str, int]]:
    """Return the medians, and how many people are behind each."""
    shown: Shown = {}
    people: dict[str, int] = {}
    for name, lengths in registry.lengths_of(project).items():
        base = f"median:{name}"
        before = last.bases.get(base) if last else None
        stays = before is not None and before >= SMALLEST
        if last and stays and abs(len(lengths) - int(before or 0)) < SMALLEST <= len(lengths):
            shown[name], people[base] = last.figures.get(name), int(before or 0)
        else:
            shown[name], people[base] = OURS.median(lengths), len(lengths)
    return shown, people


def _veiled(shown: Shown, audited: Audited, sums: Mapping[str, Sequence[str]]) -> set[str]:
    """Return what is not shown beside something that the audit hid."""
    groups = [{whole, *parts} for whole, parts in sums.items()]
    near = {name for group in groups if group & audited.beyond for name in group}
    return {name for name in near if shown.get(name) is None}
