"""What higher rooms know of how someone may be reached, if that person chose to be."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from goldenthread.safety.reading.models import Words
from goldenthread.safety.reading.registry import ItemLink

Reach = Callable[..., ItemLink | None]
_reaches: list[Reach] = []


def ways_to_reach(reach: Reach) -> Reach:
    """Register `reach(words, *, by, now) -> ItemLink or None`; safeguarders alone see the link.

    A link and not the name: that someone looked at it is an act of its own, for the record.
    """
    _reaches.append(reach)
    return reach


def reach_of(words: Words, *, by: Any, now: datetime) -> list[ItemLink]:
    """Return where to see how the author may be reached, as far as they wished it."""
    found = (reach(words, by=by, now=now) for reach in _reaches)
    return [link for link in found if link is not None]
