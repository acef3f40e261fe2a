from goldenthread.thread.events import Event

GROUP_MADE = Event("group.made", "Organisers set up a group.")
GROUP_CHANGED = Event("group.changed", "Organisers changed what a group is for.")
SEAT_FILLED = Event("seat.filled", "A seat was filled.", {"how": str})
SEAT_ENDED = Event("seat.ended", "Someone left their seat.")
