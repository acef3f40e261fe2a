"""Writing the record and the ties, and signing what stands."""

from goldenthread.thread.services.heads import publish_head
from goldenthread.thread.services.recording import (
    after_record,
    append_held,
    hold,
    hold_all,
    record,
)
from goldenthread.thread.services.tying import tie, tie_all, untie

__all__ = [
    "after_record",
    "append_held",
    "hold",
    "hold_all",
    "publish_head",
    "record",
    "tie",
    "tie_all",
    "untie",
]
