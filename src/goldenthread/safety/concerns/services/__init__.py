"""What can be done about a concern. Each file is about one part of it."""

from goldenthread.safety.concerns.services.caring import (
    close,
    export,
    hand_over,
    look,
    mark_step,
    note,
    tell_others,
    write_to_author,
)
from goldenthread.safety.concerns.services.raising import raise_concern
from goldenthread.safety.concerns.services.standing_in import go_away

__all__ = [
    "close",
    "export",
    "go_away",
    "hand_over",
    "look",
    "mark_step",
    "note",
    "raise_concern",
    "tell_others",
    "write_to_author",
]
