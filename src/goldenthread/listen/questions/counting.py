"""What is told of choices: once, when a question has ended, and never about fewer than ten."""

from collections.abc import Sequence

from goldenthread.kit.figures import SMALLEST, in_fives
from goldenthread.safety.release.control.history import audit
from goldenthread.safety.release.control.profiles import DEFAULT, PROFILES

ALL = "all"


def told(counts: Sequence[int]) -> dict[str, int | None]:
    """Return what may be told of each option (by its place) and of all together.

    Counts of people who chose, in; the nearest 5 out, or nothing for fewer than ten. How many
    chose at all is told only where every option is shown, and gives none of them away (the audit
    of the releases): beside a hidden one it would be the way to it.
    """
    whole = sum(counts)
    if whole < SMALLEST:
        return {}
    parts = {str(place): count for place, count in enumerate(counts)}
    shown = {place: in_fives(count) for place, count in parts.items()}
    if None in shown.values():
        return shown
    audited = audit([], {ALL: whole, **parts}, {ALL: list(parts)}, PROFILES[DEFAULT])
    return shown if audited.beyond else {**shown, ALL: in_fives(whole)}
