"""Which statement somebody is asked next.

Preferred are statements with few votes, few passes and strong separation. Polis multiplies by the
share that agrees as well, so that what most people refuse is hardly asked again; here agreeing and
disagreeing weigh the same, so that minorities are heard. The choice is by lot, with weights: no
statement is ever out of it. Cost: one step per statement. Source: priority-metric of the Polis
server (conversation.clj).
"""

from dataclasses import dataclass
from typing import Final

NEW: Final = 8  # how many times more a statement without votes weighs than one with many
FADES: Final = 5  # votes in which that halves
POWER: Final = 2  # sharpens all of it


@dataclass(frozen=True)
class Counter:
    """What is known of a statement: votes on it, and its separation on the last map (0 if new)."""

    statement: str
    agrees: int = 0
    disagrees: int = 0
    passes: int = 0
    separation: float = 0.0

    def weight(self) -> float:
        """Return how much it weighs in the lot; always more than 0."""
        seen = self.agrees + self.disagrees + self.passes
        answered = 1 - (self.passes + 1) / (seen + 2)
        newness = 1 + NEW * 2 ** (-seen / FADES)
        return float((answered * (1 + max(self.separation, 0.0)) * newness) ** POWER)
