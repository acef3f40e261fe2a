from goldenthread.thread.events import Event

REPLY_SENT = Event(
    "reply.sent", "A reply went out to everyone beneath it.", {"about": str, "seal": str}
)
REPLY_ARRIVED = Event("reply.arrived", "A reply had gone its way to every voice beneath it.")
TOLD_BY_HAND = Event("told.by-hand", "Someone was told in person, by phone or by letter.")
COULD_NOT_TELL = Event("told.could-not", "Someone could not be told; the reason is kept.")
CHANGE_CONFIRMED = Event("change.confirmed", "Someone who spoke said whether it changed for them.")
