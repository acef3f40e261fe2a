"""The rules for small numbers that bodies in this field use, each by its name."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Final

from goldenthread.kit.marking import marked

STEP: Final = 5  # every count is shown to the nearest 5, halves up

WIDTH: Final = 5  # between the ends of what may be known of a hidden number


@dataclass(frozen=True)
class Profile:
    """What a body hides: counts from `hides_from` to `hides_to`; the rest is shown rounded.

    A count of people and the bases are whole numbers of people. A profile that hides nothing
    has `hides_from` above `hides_to`.
    """

    name: str
    sentence: str  # the rule, in words for whoever chooses it
    hides_from: int
    hides_to: int
    mean_base: int  # fewest people behind a value in the middle

    def on_sensitive(self) -> "Profile":
        """Return the same rule for a sensitive question, where "nobody" is hidden like "few"."""
        return replace(self, hides_from=0) if self.hides_any else self

    def hides(self, count: int) -> bool:
        """Whether the rule hides this count, whatever stands beside it."""
        return self.hides_from <= count <= self.hides_to

    def shown(self, count: int) -> int | None:
        """Return what may be told of a count; none if the rule hides it."""
        return None if self.hides(count) else (count + STEP // 2) // STEP * STEP

    def range_of(self, shown: int) -> tuple[int, int]:
        """Return the least and the greatest count that is shown as this number."""
        near = range(max(0, shown - STEP), shown + STEP)
        fits = [count for count in near if self.shown(count) == shown]
        return fits[0], fits[-1]

    @property
    def hidden_range(self) -> tuple[int, int]:
        """Return what whoever knows the rule knows of a count that the rule hides."""
        return self.hides_from, self.hides_to

    @property
    def hides_any(self) -> bool:
        """Whether the rule hides any count at all."""
        return self.hides_from <= self.hides_to

    @property
    def is_wide(self) -> bool:
        """Whether the rule alone leaves enough room to hide in."""
        return self.hides_to - self.hides_from >= WIDTH

    def median(self, values: Sequence[float]) -> int | None:
        """Return the value in the middle as a whole number; none from too few people."""
        return round(median(values)) if len(values) >= self.mean_base else None


DEFAULT: Final = "threshold_10"
# Sources: HESA rounding and suppression strategy; NHS Digital, change to disclosure control for
# Hospital Episode Statistics (2018); Ofqual rounding policy; ONS Longitudinal Study (threshold 10).
PROFILES: Final = {
    profile.name: profile
    for profile in (
        Profile(
            name="threshold_10",
            sentence=marked("Counts below 10 are hidden, zero as well; the rest is rounded to 5."),
            hides_from=0,
            hides_to=9,
            mean_base=10,
        ),
        Profile(
            name="nhs_1_7",
            sentence=marked("Counts from 1 to 7 are hidden; 0 is shown; the rest is rounded to 5."),
            hides_from=1,
            hides_to=7,
            mean_base=8,
        ),
        Profile(
            name="hesa",
            sentence=marked("Every count is rounded to 5, so 0, 1 and 2 are shown as 0."),
            hides_from=1,
            hides_to=0,
            mean_base=8,  # nothing on 7 or fewer
        ),
        Profile(
            name="ofqual",
            sentence=marked(
                "Counts from 1 to 4 are “fewer than 5”; 0 is shown; the rest rounded to 5."
            ),
            hides_from=1,
            hides_to=4,
            mean_base=10,
        ),
    )
}
