"""What is told of choices: once, when a question has ended, and never about fewer than ten."""

from collections.abc import Sequence

from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.safety.release.control.history import audit
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES

ALL = "all"


def told(counts: Sequence[int]) -> dict[str, int | None]:
    """Return what may be told of each option (by its place) and of all together.

    Counts of people who chose, in; the nearest 5 out, or nothing: for fewer than ten, and where
    the others would give such a number away to within 5 (the audit of the releases).
    """
    whole = sum(counts)
    if whole < SMALLEST:
        return {}
    parts = {str(place): count for place, count in enumerate(counts)}
    bases = {ALL: whole, **parts}
    beyond = audit([], bases, {ALL: list(parts)}, PROFILES[DEFAULT]).beyond
    return {name: None if name in beyond else in_fives(n) for name, n in bases.items()}
