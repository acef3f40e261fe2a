"""What the record keeps of roles that change hands: which role, never whose."""

from goldenthread.thread.events import Event

ASKED = Event("role.handing-over", "Someone was asked to take over a role.", {"role": str})
ACCEPTED = Event("role.handed-over", "A role was handed over.", {"role": str})
DECLINED = Event("role.not-taken-over", "Someone did not take over a role.", {"role": str})
TAKEN_BACK = Event(
    "role.hand-over-taken-back", "A hand-over of a role was taken back.", {"role": str}
)
