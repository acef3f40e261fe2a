"""How figures about people are told: none about fewer than ten, and in steps of five."""

from typing import Final

SMALLEST: Final = 10  # people behind a figure
STEP: Final = 5


def in_fives(count: int) -> int | None:
    """Return what may be told of a count: the nearest 5, half up, and nothing below ten."""
    return None if count < SMALLEST else (count + STEP // 2) // STEP * STEP
