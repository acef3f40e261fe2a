"""What higher rooms know of how someone may be reached, if that person chose to be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from goldenthread.safety.reading.models import Words

Reach = Callable[..., str]
_reaches: list[Reach] = []


def ways_to_reach(reach: Reach) -> Reach:
    """Register `reach(words, *, by, now) -> sentence or ""`; it is shown to safeguarders alone."""
    _reaches.append(reach)
    return reach


def reach_of(words: Words, *, by: Any, now: datetime) -> list[str]:
    """Return how the author may be reached, as far as they wished it."""
    found = (reach(words, by=by, now=now) for reach in _reaches)
    return [sentence for sentence in found if sentence]
