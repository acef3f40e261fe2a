"""Writing the record and the ties, and signing what stands."""

from goldenthread.thread.services.changing import change_key
from goldenthread.thread.services.checking import check_record
from goldenthread.thread.services.heads import publish_head
from goldenthread.thread.services.naming import keep_name
from goldenthread.thread.services.recording import (
    after_record,
    append_held,
    hold,
    hold_all,
    record,
)
from goldenthread.thread.services.tying import tie, tie_all, untie
from goldenthread.thread.services.witnesses import add_witness, end_witness, take_cosignatures

__all__ = [
    "add_witness",
    "after_record",
    "append_held",
    "change_key",
    "check_record",
    "end_witness",
    "hold",
    "hold_all",
    "keep_name",
    "publish_head",
    "record",
    "take_cosignatures",
    "tie",
    "tie_all",
    "untie",
]
