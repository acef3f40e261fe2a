"""Everything that writes in this room."""

from goldenthread.listen.rooms.services.confirming import Handed, confirm, say_right, slips_again
from goldenthread.listen.rooms.services.guards import NOTE_CHANGED
from goldenthread.listen.rooms.services.planning import (
    STEPS_CHANGED,
    add_step,
    change_room,
    change_step,
    drop_room,
    move_step,
    plan_room,
    remove_step,
)
from goldenthread.listen.rooms.services.rounds import begin_round, count_hands
from goldenthread.listen.rooms.services.running import (
    change_note,
    count_present,
    go_to_step,
    leave_out,
    open_room,
    read_back,
    take_note,
)

__all__ = [
    "NOTE_CHANGED",
    "STEPS_CHANGED",
    "Handed",
    "add_step",
    "begin_round",
    "change_note",
    "change_room",
    "change_step",
    "confirm",
    "count_hands",
    "count_present",
    "drop_room",
    "go_to_step",
    "leave_out",
    "move_step",
    "open_room",
    "plan_room",
    "read_back",
    "remove_step",
    "say_right",
    "slips_again",
    "take_note",
]
